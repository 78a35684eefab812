using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>
/// inotify(7) with one descriptor and one thread for any number of watches. Callbacks run on that thread: they must be short and must not throw.
/// </summary>
public sealed partial class FileWatcher : IDisposable
{
    private const uint Mask = (uint)(FileEvents.Modified | FileEvents.AttributesChanged | FileEvents.MovedIn | FileEvents.Created | FileEvents.ClosedAfterWrite | FileEvents.MovedSelf | FileEvents.DeletedSelf);
    private const int CloseOnExec = 0x80000;
    private const int HeaderSize = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<int, List<Subscription>> watches = [];
    private readonly SafeFileHandle inotify;
    private readonly SafeFileHandle stop;
    private readonly Thread thread;

    /// <summary>Opens the descriptors and starts the thread.</summary>
    public FileWatcher()
    {
        inotify = Open(inotify_init1(CloseOnExec), "inotify_init1");
        stop = Open(eventfd(0, CloseOnExec), "eventfd");
        thread = new Thread(Run) { IsBackground = true, Name = "inotify" };
        thread.Start();
    }

    /// <summary>Watches a file or a directory until the result is disposed. Events that happen after the return are not missed.</summary>
    /// <param name="onEvent">What happened, and to which entry of the directory ("" for a file). <see cref="FileEvents.Overflow"/>: events were lost, look for yourself.</param>
    public IDisposable Watch(string path, Action<FileEvents, string> onEvent)
    {
        lock (gate)
        {
            int watch = inotify_add_watch(inotify, path, Mask);
            if (watch < 0)
                throw LinuxException.FromLastError("inotify_add_watch", path);
            if (!watches.TryGetValue(watch, out List<Subscription>? subscribers))
                watches[watch] = subscribers = [];
            var subscription = new Subscription(this, watch, onEvent);
            subscribers.Add(subscription);
            return subscription;
        }
    }

    /// <inheritdoc/>
    public unsafe void Dispose()
    {
        if (stop.IsClosed)
            return;
        ulong one = 1;
        _ = write(stop, (byte*)&one, sizeof(ulong));
        if (Thread.CurrentThread != thread)
            thread.Join();
        inotify.Dispose();
        stop.Dispose();
    }

    private unsafe void Run()
    {
        byte[] buffer = new byte[64 * 1024];
        PollEntry* entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry((int)inotify.DangerousGetHandle(), 1, 0);
        entries[1] = new PollEntry((int)stop.DangerousGetHandle(), 1, 0);
        while (true)
        {
            if (poll(entries, 2, -1) < 0)
                continue;
            if (entries[1].Returned != 0)
                return;
            nint count;
            fixed (byte* start = buffer)
                count = read(inotify, start, (nuint)buffer.Length);
            if (count > 0)
                Dispatch(buffer.AsSpan(0, (int)count));
        }
    }

    /// <summary>struct inotify_event: wd, mask, cookie, len, name[len].</summary>
    private void Dispatch(ReadOnlySpan<byte> events)
    {
        while (events.Length >= HeaderSize)
        {
            int watch = BinaryPrimitives.ReadInt32LittleEndian(events);
            var what = (FileEvents)BinaryPrimitives.ReadUInt32LittleEndian(events[4..]);
            int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(events[12..]);
            string name = Encoding.UTF8.GetString(events.Slice(HeaderSize, length)).TrimEnd('\0');
            foreach (Subscription subscription in Receivers(watch, what))
                subscription.OnEvent(what, name);
            events = events[(HeaderSize + length)..];
        }
    }

    private Subscription[] Receivers(int watch, FileEvents what)
    {
        lock (gate)
        {
            if (what.HasFlag(FileEvents.Overflow))
                return [.. watches.Values.SelectMany(list => list)];
            Subscription[] receivers = watches.TryGetValue(watch, out List<Subscription>? list) ? [.. list] : [];
            if (what.HasFlag(FileEvents.Ignored))
                watches.Remove(watch);
            return receivers;
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(subscription.Number, out List<Subscription>? list) || !list.Remove(subscription) || list.Count > 0)
                return;
            watches.Remove(subscription.Number);
            if (!inotify.IsClosed)
                _ = inotify_rm_watch(inotify, subscription.Number);
        }
    }

    private static SafeFileHandle Open(int descriptor, string call) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxException.FromLastError(call);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int inotify_init1(int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int inotify_add_watch(SafeFileHandle descriptor, string path, uint mask);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int inotify_rm_watch(SafeFileHandle descriptor, int watch);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint read(SafeFileHandle descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial nint write(SafeFileHandle descriptor, byte* buffer, nuint count);

    /// <summary>struct pollfd; the kernel writes the last one.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private record struct PollEntry(int Descriptor, short Wanted, short Returned);

    private sealed class Subscription(FileWatcher owner, int number, Action<FileEvents, string> onEvent) : IDisposable
    {
        public int Number => number;

        public Action<FileEvents, string> OnEvent => onEvent;

        public void Dispose() => owner.Remove(this);
    }
}
