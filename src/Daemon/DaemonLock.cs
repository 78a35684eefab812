using System.Globalization;
using System.Text;
using Argosy.Core;

namespace Argosy.Daemon;

/// <summary>
/// Keeps a second daemon off the same roots, and off the same name: tables, devices and cgroups are this daemon's by its name. The kernel
/// releases it when the process dies, however it dies.
/// </summary>
internal sealed class DaemonLock : IDisposable
{
    /// <summary>One byte of it is one name's. It stays, empty.</summary>
    private const string Names = "/run/argosyd-names.lock";

    /// <summary>A daemon that was killed leaves its lock a moment to a child that it had forked and that has not executed its program yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Stack<FileStream> held = new();
    private string? pidFile;

    private DaemonLock()
    {
    }

    /// <exception cref="InvalidDataException">Another daemon has it.</exception>
    internal static async Task<DaemonLock> TakeAsync(DaemonPaths paths, string? pidFile, TimeProvider clock, CancellationToken cancellationToken)
    {
        var taken = new DaemonLock();
        try
        {
            await taken.AddAsync(() => Open(Path.Combine(paths.DataRoot, "argosyd.lock")), $"another argosyd uses {paths.DataRoot}; give this one a --data-root and an --exec-root of its own", clock, cancellationToken);
            await taken.AddAsync(() => Open(Path.Combine(paths.ExecRoot, "argosyd.lock")), $"another argosyd uses {paths.ExecRoot}; give this one an --exec-root of its own", clock, cancellationToken);
            await taken.AddAsync(() => OpenName(paths.InstanceName), $"another argosyd of this host is called {paths.InstanceName}; give this one an --instance of its own", clock, cancellationToken);
            if (pidFile is not null)
                AtomicFile.Write(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            taken.pidFile = pidFile;
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (pidFile is not null)
            File.Delete(pidFile);
        while (held.TryPop(out FileStream? file))
            file.Dispose();
    }

    private async Task AddAsync(Func<FileStream> open, string refusal, TimeProvider clock, CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                held.Push(open());
                return;
            }
            catch (IOException exception)
            {
                if (clock.GetElapsedTime(began) > Patience)
                    throw new InvalidDataException(refusal, exception);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, cancellationToken);
        }
    }

    /// <summary>FileShare.None is flock(2) on Linux.</summary>
    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static FileStream OpenName(string instance)
    {
        var file = new FileStream(Names, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        try
        {
            file.Lock(Position(instance), 1);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>FNV-1a of 64 bits.</summary>
    private static long Position(string instance) =>
        (long)(Encoding.UTF8.GetBytes(instance).Aggregate(14695981039346656037ul, (hash, part) => unchecked((hash ^ part) * 1099511628211ul)) >> 2);
}
