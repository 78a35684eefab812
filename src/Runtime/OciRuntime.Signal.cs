using System.Text.Json;
using Argosy.Core;
using Argosy.Linux.Processes;
using Argosy.Runtime.Oci;

namespace Argosy.Runtime;

public sealed partial class OciRuntime
{
    /// <summary>Sends a signal to the first process.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when it does not run.</exception>
    public Task SignalAsync(ContainerId id, int signal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Bundle(id).Init is not { } init || !Signals.Send(init, signal))
            throw NotRunning(id);
        return Task.CompletedTask;
    }

    /// <summary>Freezes all processes.</summary>
    public Task PauseAsync(ContainerId id, CancellationToken cancellationToken) => CommandAsync(id, "pause", cancellationToken);

    /// <summary>Thaws all processes.</summary>
    public Task ResumeAsync(ContainerId id, CancellationToken cancellationToken) => CommandAsync(id, "resume", cancellationToken);

    /// <summary>Changes limits of a created or running container; null members stay as they are.</summary>
    public async Task UpdateAsync(ContainerId id, ResourceLimits limits, CancellationToken cancellationToken)
    {
        Bundle bundle = Bundle(id);
        if (!bundle.Exists)
            throw NotRunning(id);
        string json = JsonSerializer.Serialize(ResourceBlock.Build(limits), OciJson.Default.OciResources);
        bundle.Write("update.json", json);
        await CommandAsync(id, "update", cancellationToken, "--resources", Path.Combine(bundle.Directory, "update.json"));
    }

    private async Task CommandAsync(ContainerId id, string verb, CancellationToken cancellationToken, params string[] options)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Bundle bundle = Bundle(id);
        (int exitCode, string output) = await RuntimeCommand.RunAsync(RuntimeOf(bundle), [verb, .. options, id.Value]);
        if (exitCode != 0)
            throw new EngineException(ErrorKind.Internal, $"cannot {verb} container {id}: {output.Trim()}");
    }
}
