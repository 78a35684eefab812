using System.Globalization;
using System.Net;
using Argosy.Client.Transport;
using Argosy.Contract.Containers;

namespace Argosy.Client;

/// <summary>Requests about containers. A container is named by its id, an unambiguous beginning of it, or its name.</summary>
public sealed partial class ContainersClient
{
    private readonly EngineTransport transport;

    internal ContainersClient(EngineTransport transport) => this.transport = transport;

    /// <summary><c>POST /containers/create</c>.</summary>
    public Task<ContainerCreateResponse> CreateAsync(
        ContainerCreateRequest request, string? name = null, string? platform = null, CancellationToken cancellationToken = default) =>
        transport.PostAsync(
            new Query("/containers/create").Add("name", name).Add("platform", platform).ToString(),
            ContainersJson.Default.ContainerCreateResponse, cancellationToken,
            EngineTransport.Json(request, ContainersJson.Default.ContainerCreateRequest));

    /// <summary>Starts a container.</summary>
    /// <returns>False when it was running already.</returns>
    public async Task<bool> StartAsync(string container, string? detachKeys = null, CancellationToken cancellationToken = default) =>
        await PostAsync(new Query(Path(container, "start")).Add("detachKeys", detachKeys), cancellationToken) != HttpStatusCode.NotModified;

    /// <summary>Asks a container to stop, and kills it when the time is over.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="signal">The signal that asks; null takes the container's own.</param>
    /// <param name="timeout">Seconds to wait, -1 for ever; null takes the container's own.</param>
    /// <param name="cancellationToken">Stops waiting, not the stopping.</param>
    /// <returns>False when it was stopped already.</returns>
    public async Task<bool> StopAsync(string container, string? signal = null, int? timeout = null, CancellationToken cancellationToken = default) =>
        await PostAsync(new Query(Path(container, "stop")).Add("signal", signal).Add("t", timeout), cancellationToken) != HttpStatusCode.NotModified;

    /// <summary>Stops and starts a container; parameters as for stopping.</summary>
    public Task RestartAsync(string container, string? signal = null, int? timeout = null, CancellationToken cancellationToken = default) =>
        PostAsync(new Query(Path(container, "restart")).Add("signal", signal).Add("t", timeout), cancellationToken);

    /// <summary>Sends a signal, by name or number; null is SIGKILL.</summary>
    public Task KillAsync(string container, string? signal = null, CancellationToken cancellationToken = default) =>
        PostAsync(new Query(Path(container, "kill")).Add("signal", signal), cancellationToken);

    /// <summary>Freezes all processes of a container.</summary>
    public Task PauseAsync(string container, CancellationToken cancellationToken = default) => PostAsync(new Query(Path(container, "pause")), cancellationToken);

    /// <summary>Thaws a paused container.</summary>
    public Task UnpauseAsync(string container, CancellationToken cancellationToken = default) => PostAsync(new Query(Path(container, "unpause")), cancellationToken);

    /// <summary>Gives a container another name.</summary>
    public Task RenameAsync(string container, string name, CancellationToken cancellationToken = default) =>
        PostAsync(new Query(Path(container, "rename")).Add("name", name), cancellationToken);

    /// <summary>Tells a container's terminal its size in characters.</summary>
    public Task ResizeAsync(string container, int height, int width, CancellationToken cancellationToken = default) =>
        PostAsync(new Query(Path(container, "resize")).Add("h", height).Add("w", width), cancellationToken);

    /// <summary>Removes a container.</summary>
    /// <param name="container">Which one.</param>
    /// <param name="volumes">Its anonymous volumes too.</param>
    /// <param name="force">Kills it first when it runs.</param>
    /// <param name="link">Removes the link of that name, not a container.</param>
    /// <param name="cancellationToken">Stops waiting, not the removal.</param>
    public Task RemoveAsync(string container, bool volumes = false, bool force = false, bool link = false, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Delete, new Query(Path(container)).Add("v", volumes).Add("force", force).Add("link", link).ToString(), cancellationToken);

    /// <summary>Changes limits and the restart policy of a container that may run.</summary>
    public Task<ContainerUpdateResponse> UpdateAsync(string container, ContainerUpdateRequest request, CancellationToken cancellationToken = default) =>
        transport.PostAsync(
            Path(container, "update"), ContainersJson.Default.ContainerUpdateResponse, cancellationToken,
            EngineTransport.Json(request, ContainersJson.Default.ContainerUpdateRequest));

    /// <summary>Publishes ports of a container that may run and takes others back; only Argosy has this.</summary>
    public Task ChangePortsAsync(string container, ContainerPortsRequest request, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, "/argosy" + Path(container, "ports"), cancellationToken, EngineTransport.Json(request, ContainersJson.Default.ContainerPortsRequest));

    /// <summary>
    /// Waits for an event of the container: <c>not-running</c> (the default), <c>next-exit</c> or <c>removed</c>.
    /// The engine answers its head at once, so that after <paramref name="registered"/> has run no exit can be missed.
    /// </summary>
    public async Task<ContainerWaitResponse> WaitAsync(
        string container, string? condition = null, Action? registered = null, CancellationToken cancellationToken = default)
    {
        string path = new Query(Path(container, "wait")).Add("condition", condition).ToString();
        using HttpResponseMessage response = await transport.RequestAsync(HttpMethod.Post, path, null, null, cancellationToken);
        registered?.Invoke();
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return global::System.Text.Json.JsonSerializer.Deserialize(body, ContainersJson.Default.ContainerWaitResponse)
            ?? throw new IOException("the engine answered null");
    }

    /// <summary>Removes all stopped containers.</summary>
    public Task<ContainerPruneResponse> PruneAsync(Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.PostAsync(new Query("/containers/prune").AddFilters(filters).ToString(), ContainersJson.Default.ContainerPruneResponse, cancellationToken);

    private Task<HttpStatusCode> PostAsync(Query query, CancellationToken cancellationToken) =>
        transport.SendAsync(HttpMethod.Post, query.ToString(), cancellationToken);

    private static string Path(string container, string? verb = null) =>
        verb is null ? $"/containers/{Uri.EscapeDataString(container)}" : $"/containers/{Uri.EscapeDataString(container)}/{verb}";
}
