using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Argosy.Core;
using Argosy.Linux.Processes;

namespace Argosy.Runtime;

/// <summary>
/// Reports the end of containers and execs from conmon's exit files, by inotify. Exits that happened while nobody watched are reported at start.
/// </summary>
public sealed class ExitWatcher(DaemonPaths paths, FileWatcher watcher) : IAsyncDisposable
{
    // Unbounded on purpose: an exit must not be lost, and there are no more of them than there were processes.
    private readonly Channel<ContainerExit> channel = Channel.CreateUnbounded<ContainerExit>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<(ContainerId Id, string ExecId), IDisposable> execs = new();
    private IDisposable? containers;

    /// <summary>The exits, each at least once: after a daemon restart those not yet forgotten (DeleteAsync, ForgetExec) come again. One reader.</summary>
    public ChannelReader<ContainerExit> Exits => channel.Reader;

    /// <summary>Begins to watch; call it once, before the first container is created.</summary>
    public void Start()
    {
        Directory.CreateDirectory(paths.Exits, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        containers = watcher.Watch(paths.Exits, OnContainerEvent);
        Rescan();
    }

    /// <summary>The exit of a container if it is on disk already.</summary>
    public ContainerExit? TryRead(ContainerId id)
    {
        var bundle = new Bundle(paths, id);
        return Read(bundle, bundle.ExitFile, null);
    }

    /// <summary>The exit of an exec if it is on disk already.</summary>
    public ContainerExit? TryReadExec(ContainerId id, string execId)
    {
        var bundle = new Bundle(paths, id);
        return Read(bundle, Path.Combine(bundle.ExecDirectory(execId), id.Value), execId);
    }

    /// <summary>Watches for the exit of an exec that is about to begin, or that an earlier daemon began.</summary>
    internal void WatchExec(ContainerId id, string execId)
    {
        string directory = new Bundle(paths, id).ExecDirectory(execId);
        execs[(id, execId)] = watcher.Watch(directory, (what, name) =>
        {
            if (name == id.Value || what.HasFlag(FileEvents.Overflow))
                ReportExec(id, execId);
        });
    }

    internal void UnwatchExec(ContainerId id, string execId)
    {
        if (execs.TryRemove((id, execId), out IDisposable? watch))
            watch.Dispose();
    }

    internal void Unwatch(ContainerId id)
    {
        foreach ((ContainerId Id, string ExecId) key in execs.Keys.Where(key => key.Id == id))
            UnwatchExec(key.Id, key.ExecId);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        containers?.Dispose();
        foreach (IDisposable watch in execs.Values)
            watch.Dispose();
        channel.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    /// <summary>conmon writes a temporary file and renames it: the name that appears is whole.</summary>
    private void OnContainerEvent(FileEvents what, string name)
    {
        if (what.HasFlag(FileEvents.Overflow))
            Rescan();
        else if (what.HasFlag(FileEvents.MovedIn) && IsId(name))
            ReportContainer(new ContainerId(name));
    }

    private void Rescan()
    {
        foreach (string file in Directory.EnumerateFiles(paths.Exits))
            if (IsId(Path.GetFileName(file)))
                ReportContainer(new ContainerId(Path.GetFileName(file)));
        if (!Directory.Exists(paths.Bundles))
            return;
        foreach (string directory in Directory.EnumerateDirectories(paths.Bundles))
            AdoptExecs(new ContainerId(Path.GetFileName(directory)));
    }

    private void AdoptExecs(ContainerId id)
    {
        string directory = new Bundle(paths, id).ExecsDirectory;
        if (!Directory.Exists(directory))
            return;
        foreach (string exec in Directory.EnumerateDirectories(directory))
        {
            string idFile = Path.Combine(exec, "id");
            if (!File.Exists(idFile))
                continue;
            string execId = File.ReadAllText(idFile);
            if (!execs.ContainsKey((id, execId)))
                WatchExec(id, execId);
            ReportExec(id, execId);
        }
    }

    private void ReportContainer(ContainerId id)
    {
        if (TryRead(id) is { } exit)
            channel.Writer.TryWrite(exit);
    }

    private void ReportExec(ContainerId id, string execId)
    {
        if (TryReadExec(id, execId) is { } exit)
            channel.Writer.TryWrite(exit);
    }

    private static ContainerExit? Read(Bundle bundle, string file, string? execId)
    {
        try
        {
            if (!int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out int code))
                return null;
            bool oom = execId is null && File.Exists(bundle.OomFile);
            // -1 is conmon's word for an end it could not see.
            return new ContainerExit(bundle.Id, execId, code < 0 ? 255 : code, File.GetLastWriteTimeUtc(file), oom);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static bool IsId(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);
}
