using Argosy.Core;

namespace Argosy.Networks;

/// <summary>
/// Held while a subnet is chosen and its bridge made, by one daemon of this host at a time: two that look at the kernel's routes at
/// once would choose the same one. The kernel releases it when the process dies; the file stays, empty, and nobody but root can hold it.
/// </summary>
internal static class SubnetLock
{
    private const string Path = "/run/argosyd-subnets.lock";

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromSeconds(10);

    // FileShare.None is flock(2) on Linux.
    private static readonly FileStreamOptions Options = new()
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    internal static async Task<IDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < Patience; waited += Retry)
        {
            try
            {
                return new FileStream(Path, Options);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException))
            {
            }
            await Task.Delay(Retry, cancellationToken);
        }
        throw new EngineException(ErrorKind.Unavailable, "another argosyd of this host has been choosing a subnet for too long");
    }
}
