using System.Text.Json;
using Argosy.Client.Transport;
using Argosy.Contract.Containers;

namespace Argosy.Client;

/// <summary>Processes started in running containers.</summary>
public sealed class ExecsClient
{
    private readonly EngineTransport transport;

    internal ExecsClient(EngineTransport transport) => this.transport = transport;

    /// <summary>Prepares a process; it runs when it is started.</summary>
    /// <returns>The exec instance's id.</returns>
    public async Task<string> CreateAsync(string container, ExecCreateRequest request, CancellationToken cancellationToken = default) =>
        (await transport.PostAsync(
            $"/containers/{Uri.EscapeDataString(container)}/exec", ContainersJson.Default.IdResponse, cancellationToken,
            EngineTransport.Json(request, ContainersJson.Default.ExecCreateRequest))).Id;

    /// <summary>Starts the process and joins its input and output.</summary>
    public Task<HijackedStream> StartAsync(string exec, ExecStartRequest request, CancellationToken cancellationToken = default) =>
        transport.HijackAsync(Path(exec, "start"), JsonSerializer.SerializeToUtf8Bytes(request, ContainersJson.Default.ExecStartRequest), cancellationToken);

    /// <summary>Starts the process and leaves it alone.</summary>
    public Task StartDetachedAsync(string exec, ExecStartRequest request, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post, Path(exec, "start"), cancellationToken,
            EngineTransport.Json(request with { Detach = true }, ContainersJson.Default.ExecStartRequest));

    /// <summary>Tells the process's terminal its size in characters.</summary>
    public Task ResizeAsync(string exec, int height, int width, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, new Query(Path(exec, "resize")).Add("h", height).Add("w", width).ToString(), cancellationToken);

    /// <summary>Whether the process runs, and its exit code.</summary>
    public Task<ExecInspect> InspectAsync(string exec, CancellationToken cancellationToken = default) =>
        transport.GetAsync(Path(exec, "json"), ContainersJson.Default.ExecInspect, cancellationToken);

    private static string Path(string exec, string verb) => $"/exec/{Uri.EscapeDataString(exec)}/{verb}";
}
