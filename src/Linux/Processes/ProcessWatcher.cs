using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>
/// Tells when processes end that are nobody's children here: a pidfd for each, and one thread for all of them.
/// Callbacks run on that thread: they must be short and must not throw.
/// </summary>
public sealed partial class ProcessWatcher : IDisposable
{
    private const int PidfdOpen = 434;
    private const int CloseOnExec = 0x80000;
    private const short Readable = 1;

    private readonly Lock gate = new();
    private readonly List<Subscription> watched = [];
    private readonly SafeFileHandle changed;
    private readonly Thread thread;
    private bool stopped;

    /// <summary>Starts the thread.</summary>
    public ProcessWatcher()
    {
        int descriptor = eventfd(0, CloseOnExec);
        changed = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxException.FromLastError("eventfd");
        thread = new Thread(Run) { IsBackground = true, Name = "pidfd" };
        thread.Start();
    }

    /// <summary>Watches a process until it ends or the result is disposed.</summary>
    /// <returns>Null when it has ended already: the callback is not called.</returns>
    public IDisposable? Watch(ProcessIdentity process, Action onEnd)
    {
        nint descriptor = syscall(PidfdOpen, process.Pid, 0);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == (int)Errno.NoProcess)
            return null;
        if (descriptor < 0)
            throw LinuxException.FromLastError("pidfd_open", process.Pid.ToString(CultureInfo.InvariantCulture));
        var subscription = new Subscription(new SafeFileHandle(descriptor, ownsHandle: true), onEnd);
        // The pid may have been given to another process before the descriptor was opened; not after that.
        if (!process.IsAlive())
        {
            subscription.Descriptor.Dispose();
            return null;
        }
        lock (gate)
            watched.Add(subscription);
        Wake();
        return subscription;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (stopped)
                return;
            stopped = true;
        }
        Wake();
        if (Thread.CurrentThread != thread)
            thread.Join();
        foreach (Subscription subscription in watched)
            subscription.Descriptor.Dispose();
        changed.Dispose();
    }

    private unsafe void Run()
    {
        while (true)
        {
            Subscription[] all;
            lock (gate)
            {
                if (stopped)
                    return;
                // Descriptors are closed on this thread only, so that none is polled that has come to mean something else.
                foreach (Subscription gone in watched.FindAll(entry => entry.IsDone))
                    gone.Descriptor.Dispose();
                watched.RemoveAll(entry => entry.IsDone);
                all = [.. watched];
            }
            PollEntry[] entries = [new PollEntry((int)changed.DangerousGetHandle(), Readable, 0), .. all.Select(entry => new PollEntry((int)entry.Descriptor.DangerousGetHandle(), Readable, 0))];
            fixed (PollEntry* start = entries)
                if (poll(start, (nuint)entries.Length, -1) < 0)
                    continue;
            ulong count;
            if (entries[0].Returned != 0)
                _ = read(changed, (byte*)&count, sizeof(ulong));
            for (int index = 0; index < all.Length; index++)
                if (entries[index + 1].Returned != 0)
                    all[index].End();
        }
    }

    private unsafe void Wake()
    {
        ulong one = 1;
        _ = write(changed, (byte*)&one, sizeof(ulong));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second);

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

    private sealed class Subscription(SafeFileHandle descriptor, Action onEnd) : IDisposable
    {
        private int done;

        public SafeFileHandle Descriptor => descriptor;

        public bool IsDone => Volatile.Read(ref done) != 0;

        public void End()
        {
            if (Interlocked.Exchange(ref done, 1) == 0)
                onEnd();
        }

        // Its descriptor is closed when the thread comes by; waking it for that alone is not worth it.
        public void Dispose() => Interlocked.Exchange(ref done, 1);
    }
}
