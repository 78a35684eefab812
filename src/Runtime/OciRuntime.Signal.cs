using System.Text.Json;
using Argosy.Core;
using Argosy.Linux.Processes;
using Argosy.Runtime.Oci;

namespace Argosy.Runtime;

public sealed partial class OciRuntime
{
    private const int Kill = 9;

    /// <summary>Sends a signal to the first process. SIGKILL also thaws what somebody has frozen behind our back: on cgroup v1 a frozen process does not even die.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when it does not run.</exception>
    public Task SignalAsync(ContainerId id, int signal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Bundle(id).Init is not { } init || !Signals.Send(init, signal))
            throw NotRunning(id);
        if (signal == Kill && Bundle(id).CgroupPath is { } cgroup)
            CgroupTree.Thaw(cgroups.Root, cgroup);
        return Task.CompletedTask;
    }

    /// <summary>Kills the first process, when nothing else ends the container.</summary>
    /// <returns>Whether it has ended within that time.</returns>
    public async Task<bool> KillAsync(ContainerId id, TimeSpan patience)
    {
        if (Bundle(id).Init is not { } init || !init.IsAlive())
            return true;
        await SignalAsync(id, Kill, CancellationToken.None);
        return await ProcessEnd.WaitAsync(init, patience);
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
        if (limits.PidsLimit <= 0)
        {
            // crun 1.8 writes -1 where the kernel wants "max".
            FreeProcesses(bundle);
            limits = limits with { PidsLimit = null };
        }
        string json = JsonSerializer.Serialize(ResourceBlock.Build(limits), OciJson.Default.OciResources);
        bundle.Write("update.json", json);
        await CommandAsync(id, "update", cancellationToken, "--resources", Path.Combine(bundle.Directory, "update.json"));
    }

    private void FreeProcesses(Bundle bundle)
    {
        if (bundle.CgroupPath is not { } cgroup)
            return;
        string file = Path.Combine(cgroups.Root, cgroups.IsUnified ? "" : "pids", cgroup.TrimStart('/'), "pids.max");
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write("max"u8);
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
