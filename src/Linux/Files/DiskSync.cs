using Argosy.Core;

namespace Argosy.Linux.Files;

/// <summary>
/// Brings what was written below the data root to the device, before a record says that it is there. All who ask while one
/// call is under way share the next.
/// </summary>
/// <remarks>
/// One syncfs(2), and not an fdatasync(2) for each file: an unpacked layer has tens of thousands of them. The call waits for
/// what others have written to the file system too, which is the price.
/// </remarks>
public sealed class DiskSync(DaemonPaths paths)
{
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private Task? queued;

    /// <summary>Done when everything that was written before the call is on the device.</summary>
    public Task FlushAsync()
    {
        lock (gate)
        {
            Task before = running;
            return queued ??= Task.Run(() => RunAsync(before));
        }
    }

    private async Task RunAsync(Task before)
    {
        // Its failure is told to those who waited for it.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
            (running, queued) = (queued!, null);
        FileSystem.Sync(paths.DataRoot);
    }
}
