using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Argosy.Linux.Netlink;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Nftables;

/// <summary>
/// Says when somebody else changes a table. The kernel tells of every transaction, ours too: those of a
/// <see cref="NftablesContext"/> of this process are not reported. The callback runs on the monitor's own thread and must not throw.
/// </summary>
/// <remarks>Group NFNLGRP_NFTABLES of linux/netfilter/nfnetlink.h; messages of linux/netfilter/nf_tables.h.</remarks>
public sealed partial class NftablesMonitor : IDisposable
{
    private const int AddressFamily = 16, GroupNftables = 7, CloseOnExec = 0x80000, HeaderSize = 16;
    private const int Subsystem = 10, NewGeneration = 15;
    private const int SocketLevel = 1, ForceReceiveBuffer = 33, BufferSize = 4 << 20;
    private const short Readable = 1;

    private readonly string table;
    private readonly Action changed;
    private readonly NetlinkSocket socket = NetlinkSocket.Open(NetlinkProtocol.Netfilter);
    private readonly SafeFileHandle stop;
    private readonly Thread thread;
    private bool touched;

    /// <summary>Subscribes, and begins to listen.</summary>
    /// <param name="table">The table's name, whatever its family.</param>
    /// <param name="changed">It was changed, or events were lost.</param>
    public NftablesMonitor(string table, Action changed)
    {
        (this.table, this.changed) = (table, changed);
        // Bound, not only a member (NETLINK_ADD_MEMBERSHIP): the kernel passes over sockets without an address.
        var address = new SocketAddress { Family = AddressFamily, Groups = 1u << (GroupNftables - 1) };
        if (bind(socket.Handle, ref address, Marshal.SizeOf<SocketAddress>()) < 0)
            throw LinuxException.FromLastError("bind", "NFNLGRP_NFTABLES");
        // Everybody's changes come here: dockerd's, and those of a firewall with long lists. News that do not fit are lost, and the table is written for nothing.
        int size = BufferSize;
        if (setsockopt(socket.Handle, SocketLevel, ForceReceiveBuffer, ref size, sizeof(int)) < 0)
            throw LinuxException.FromLastError("setsockopt", "SO_RCVBUFFORCE");
        int descriptor = eventfd(0, CloseOnExec);
        stop = descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LinuxException.FromLastError("eventfd", null);
        thread = new Thread(Run) { IsBackground = true, Name = "nftables-watch" };
        thread.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (stop.IsClosed)
            return;
        ulong one = 1;
        _ = write(stop, ref one, sizeof(ulong));
        thread.Join();
        socket.Dispose();
        stop.Dispose();
    }

    private unsafe void Run()
    {
        byte[] buffer = new byte[64 * 1024];
        PollEntry* entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = (int)socket.Handle.DangerousGetHandle(), Wanted = Readable };
        entries[1] = new PollEntry { Descriptor = (int)stop.DangerousGetHandle(), Wanted = Readable };
        while (true)
        {
            if (poll(entries, 2, -1) < 0)
                continue;
            if (entries[1].Returned != 0)
                return;
            nint size = recv(socket.Handle, ref buffer[0], (nuint)buffer.Length, 0);
            if (size > 0)
                Read(buffer.AsSpan(0, (int)size));
            else if (size < 0 && Marshal.GetLastPInvokeError() == (int)Errno.NoBuffers)
                changed();
        }
    }

    /// <summary>A transaction is its changes and, behind them, the new generation's number with who made it.</summary>
    private void Read(ReadOnlySpan<byte> messages)
    {
        while (messages.Length >= HeaderSize)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(messages);
            ushort type = BinaryPrimitives.ReadUInt16LittleEndian(messages[4..]);
            if (length < HeaderSize + Marshal.SizeOf<NetfilterHeader>() || length > messages.Length)
                return;
            ReadOnlySpan<byte> body = messages[(HeaderSize + Marshal.SizeOf<NetfilterHeader>())..length];
            if (type >> 8 == Subsystem && (type & 0xff) == NewGeneration)
                EndTransaction(body);
            else if (type >> 8 == Subsystem)
                touched |= IsOfTable(body);
            messages = messages[Math.Min(messages.Length, (length + 3) & ~3)..];
        }
    }

    private void EndTransaction(ReadOnlySpan<byte> body)
    {
        if (touched && !IsOurs(body))
            changed();
        touched = false;
    }

    /// <summary>The first attribute of every message but a generation's is the table's name.</summary>
    private bool IsOfTable(ReadOnlySpan<byte> body)
    {
        for (var attributes = new NetlinkAttributes(body); attributes.Next();)
            if (attributes.Type == 1)
                return attributes.Text == table;
        return false;
    }

    /// <summary>The kernel names the thread that made a transaction (<see cref="NftablesContext"/>'s), by its own id.</summary>
    private static bool IsOurs(ReadOnlySpan<byte> body)
    {
        const int processId = 2;
        for (var attributes = new NetlinkAttributes(body); attributes.Next();)
            if (attributes.Type == processId)
                return Directory.Exists("/proc/self/task/" + BinaryPrimitives.ReadUInt32BigEndian(attributes.Value).ToString(CultureInfo.InvariantCulture));
        return false;
    }

    /// <summary><c>struct sockaddr_nl</c>; netlink(7).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct SocketAddress
    {
        internal ushort Family;
        internal ushort Padding;
        internal uint Port;
        internal uint Groups;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Returned;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int bind(SafeFileHandle socket, ref SocketAddress address, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsockopt(SafeFileHandle socket, int level, int name, ref int value, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(SafeFileHandle file, ref ulong value, nuint length);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(SafeFileHandle socket, ref byte buffer, nuint length, int flags);
}
