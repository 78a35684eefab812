using System.Globalization;
using Argosy.Core;

namespace Argosy.Daemon;

/// <summary>Keeps a second daemon off the same roots. The kernel releases it when the process dies, however it dies.</summary>
internal sealed class DaemonLock : IDisposable
{
    /// <summary>A daemon that was killed leaves its lock a moment to a child that it had forked and that has not executed its program yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly FileStream file;
    private readonly string? pidFile;

    private DaemonLock(FileStream file, string? pidFile) => (this.file, this.pidFile) = (file, pidFile);

    /// <exception cref="InvalidDataException">Another daemon has it.</exception>
    internal static async Task<DaemonLock> TakeAsync(DaemonPaths paths, string? pidFile, TimeProvider clock, CancellationToken cancellationToken)
    {
        string path = Path.Combine(paths.DataRoot, "argosyd.lock");
        long began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                // FileShare.None is flock(2) on Linux.
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                if (pidFile is not null)
                    AtomicFile.Write(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                return new DaemonLock(file, pidFile);
            }
            catch (IOException exception)
            {
                if (clock.GetElapsedTime(began) > Patience)
                    throw new InvalidDataException($"another argosyd uses {paths.DataRoot}; give this one a --data-root and an --exec-root of its own", exception);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
        }
    }

    public void Dispose()
    {
        if (pidFile is not null)
            File.Delete(pidFile);
        file.Dispose();
    }
}
