using System.Globalization;
using Argosy.Core;

namespace Argosy.Daemon;

/// <summary>Keeps a second daemon off the same roots. The kernel releases it when the process dies, however it dies.</summary>
internal sealed class DaemonLock : IDisposable
{
    private readonly FileStream file;
    private readonly string? pidFile;

    private DaemonLock(FileStream file, string? pidFile) => (this.file, this.pidFile) = (file, pidFile);

    /// <exception cref="InvalidDataException">Another daemon has it.</exception>
    internal static DaemonLock Take(DaemonPaths paths, string? pidFile)
    {
        string path = Path.Combine(paths.DataRoot, "argosyd.lock");
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
            throw new InvalidDataException($"another argosyd uses {paths.DataRoot}; give this one a --data-root and an --exec-root of its own", exception);
        }
    }

    public void Dispose()
    {
        if (pidFile is not null)
            File.Delete(pidFile);
        file.Dispose();
    }
}
