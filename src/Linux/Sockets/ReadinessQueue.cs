using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Sockets;

/// <summary>Tells which of many descriptors can be read; epoll(7), level-triggered.</summary>
public sealed unsafe partial class ReadinessQueue : IDisposable
{
    private const int CloseOnExec = 0x80000, AddDescriptor = 1, RemoveDescriptor = 2, AtOnce = 32;
    private const uint Readable = 1;

    private readonly SafeFileHandle queue;
    private readonly SafeFileHandle wake;

    /// <exception cref="LinuxException">There are no descriptors left.</exception>
    public ReadinessQueue()
    {
        int descriptor = epoll_create1(CloseOnExec);
        queue = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxException.FromLastError("epoll_create1");
        descriptor = eventfd(0, CloseOnExec);
        wake = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxException.FromLastError("eventfd");
        Add(wake, 0);
    }

    /// <summary>Watches a descriptor until <see cref="Remove"/>, or until it is closed.</summary>
    /// <param name="descriptor">What to watch.</param>
    /// <param name="key">What <see cref="Wait"/> says of it; not 0.</param>
    /// <exception cref="LinuxException">It cannot be watched.</exception>
    public void Add(SafeHandle descriptor, long key) => Change(AddDescriptor, descriptor, Event.Of(Readable, key));

    /// <summary>Watches it no more. A <see cref="Wait"/> that is about to return may still name it.</summary>
    public void Remove(SafeHandle descriptor) => Change(RemoveDescriptor, descriptor, default);

    /// <summary>Lets the <see cref="Wait"/> of now, or the next one, return.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = write(wake, &one, sizeof(ulong));
    }

    /// <summary>Waits until something can be read, or <see cref="Wake"/>, after which it never waits again.</summary>
    /// <param name="ready">Filled with the keys of what can be read; at most 32 at once.</param>
    public void Wait(ICollection<long> ready)
    {
        ready.Clear();
        byte* events = stackalloc byte[AtOnce * Event.Size];
        int count = epoll_wait(queue, events, AtOnce, -1);
        for (int index = 0; index < count; index++)
            if (Event.KeyAt(events, index) is not 0 and long key)
                ready.Add(key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        wake.Dispose();
        queue.Dispose();
    }

    private void Change(int operation, SafeHandle descriptor, ReadOnlySpan<byte> change)
    {
        fixed (byte* start = change)
            if (epoll_ctl(queue, operation, descriptor, start) < 0)
                throw LinuxException.FromLastError("epoll_ctl", operation == AddDescriptor ? "EPOLL_CTL_ADD" : "EPOLL_CTL_DEL");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(SafeHandle queue, int operation, SafeHandle descriptor, byte* change);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(SafeHandle queue, byte* events, int count, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(SafeHandle descriptor, void* buffer, nuint count);

    /// <summary><c>struct epoll_event</c>: its key follows the mask at once on x86-64, and at the next multiple of eight elsewhere.</summary>
    private static class Event
    {
        private static readonly int KeyOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;

        internal static int Size => KeyOffset + sizeof(long);

        internal static byte[] Of(uint mask, long key)
        {
            byte[] change = new byte[Size];
            MemoryMarshal.Write(change, mask);
            MemoryMarshal.Write(change.AsSpan(KeyOffset), key);
            return change;
        }

        internal static long KeyAt(byte* events, int index) => MemoryMarshal.Read<long>(new ReadOnlySpan<byte>(events + (index * Size) + KeyOffset, sizeof(long)));
    }
}
