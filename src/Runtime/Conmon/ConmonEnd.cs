using Argosy.Linux.Processes;

namespace Argosy.Runtime.Conmon;

/// <summary>Sees to it that a container's conmon is gone, so that it writes no exit file after its container has been removed.</summary>
internal static class ConmonEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Waits for the conmon that wrote the file; after some seconds kills it.</summary>
    public static async Task WaitAsync(string pidFile, string containerId)
    {
        if (ConmonProcess.Find(pidFile, containerId) is not { } process)
            return;
        if (await ProcessEnd.WaitAsync(process, Patience))
            return;
        Signals.Send(process, 9);
        await ProcessEnd.WaitAsync(process, Patience);
    }
}
