using Argosy.Linux.Processes;

namespace Argosy.Networks.Companions;

/// <summary>A companion that is this daemon's child: it must be waited for, or it stays a zombie.</summary>
internal sealed class SpawnedCompanion : ICompanionProcess
{
    private const int Kill = 9;
    private readonly SpawnedProcess process;
    private readonly ProcessIdentity? identity;

    internal SpawnedCompanion(SpawnedProcess process)
    {
        this.process = process;
        identity = ProcessIdentity.TryRead(process.Pid, out ProcessIdentity read) ? read : null;
    }

    /// <inheritdoc/>
    public bool HasEnded => identity is not { } living || !living.IsAlive();

    /// <inheritdoc/>
    public async Task EndAsync(TimeSpan patience)
    {
        if (identity is { } living && !await ProcessEnd.WaitAsync(living, patience))
            Signals.Send(living, Kill);
        process.Wait();
    }
}
