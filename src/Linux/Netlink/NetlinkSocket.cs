using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Netlink;

/// <summary>
/// A netlink socket. It speaks for the network namespace in which it was opened, whichever thread uses it later;
/// one request batch at a time.
/// </summary>
public sealed partial class NetlinkSocket : IDisposable
{
    private const int AddressFamily = 16, SocketRaw = 3, CloseOnExec = 0x80000;
    private const int SolNetlink = 270, CapAck = 10, ExtAck = 11;
    private const int TypeError = 2, TypeDone = 3, HeaderSize = 16;

    private readonly SafeFileHandle handle;
    private readonly Lock gate = new();
    private byte[] answer = new byte[32 * 1024];
    private uint sequence = 1;

    private NetlinkSocket(SafeFileHandle handle) => this.handle = handle;

    /// <summary>Handles one answer of a dump: message type and body after the header.</summary>
    internal delegate void Receiver(ushort type, ReadOnlySpan<byte> body);

    /// <summary>For calls beside requests: memberships, polling.</summary>
    internal SafeFileHandle Handle => handle;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public static NetlinkSocket Open(NetlinkProtocol protocol)
    {
        int descriptor = socket(AddressFamily, SocketRaw | CloseOnExec, (int)protocol);
        if (descriptor < 0)
            throw LinuxException.FromLastError("socket", $"AF_NETLINK {protocol}");
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        // Answers without a copy of the request, and with the kernel's sentence about what was wrong; both since Linux 4.12.
        int on = 1;
        _ = setsockopt(handle, SolNetlink, CapAck, ref on, sizeof(int));
        _ = setsockopt(handle, SolNetlink, ExtAck, ref on, sizeof(int));
        return new NetlinkSocket(handle);
    }

    /// <summary>Sends the requests and waits for every acknowledgement.</summary>
    /// <exception cref="LinuxException">The first one that the kernel refused; those before and after it were carried out if they could be.</exception>
    internal void Execute(NetlinkBatch batch, string call, string? subject)
    {
        LinuxException? failure = null;
        lock (gate)
        {
            Send(batch);
            for (int missing = batch.Count; missing > 0;)
                Receive((type, body) =>
                {
                    if (type != TypeError)
                        return;
                    missing--;
                    failure ??= ReadError(body, call, subject);
                });
        }
        if (failure is not null)
            throw failure;
    }

    /// <summary>Sends one request and hands every answer to <paramref name="receiver"/> until the kernel says it is done.</summary>
    internal void Query(NetlinkBatch batch, string call, string? subject, Receiver receiver)
    {
        LinuxException? failure = null;
        lock (gate)
        {
            Send(batch);
            for (bool done = false; !done;)
                Receive((type, body) =>
                {
                    if (type is TypeError or TypeDone)
                    {
                        done = true;
                        failure = ReadError(body, call, subject);
                    }
                    else
                    {
                        receiver(type, body);
                    }
                });
        }
        if (failure is not null)
            throw failure;
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private void Send(NetlinkBatch batch)
    {
        batch.Finish(sequence);
        sequence += (uint)batch.Count;
        Span<byte> bytes = batch.Bytes;
        if (send(handle, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length, 0) < 0)
            throw LinuxException.FromLastError("send", "netlink");
    }

    private void Receive(Receiver receiver)
    {
        // MSG_PEEK | MSG_TRUNC first would cost a call each time; dumps never exceed 32 KiB per datagram (netlink_dump).
        nint size;
        do
            size = recv(handle, ref answer[0], (nuint)answer.Length, 0);
        while (size < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Interrupted);
        if (size < 0)
            throw LinuxException.FromLastError("recv", "netlink");
        for (ReadOnlySpan<byte> rest = answer.AsSpan(0, (int)size); rest.Length >= HeaderSize;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            ushort type = BinaryPrimitives.ReadUInt16LittleEndian(rest[4..]);
            if (length < HeaderSize || length > rest.Length)
                return;
            receiver(type, rest[HeaderSize..length]);
            rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        }
    }

    /// <summary><c>struct nlmsgerr</c>: a negative errno, the request's header, then attributes if there is more to say. Done messages begin alike.</summary>
    private static LinuxException? ReadError(ReadOnlySpan<byte> body, string call, string? subject)
    {
        int error = body.Length < 4 ? 0 : -BinaryPrimitives.ReadInt32LittleEndian(body);
        if (error <= 0)
            return null;
        const int message = 1;
        for (var attributes = new NetlinkAttributes(body[Math.Min(body.Length, 4 + HeaderSize)..]); attributes.Next();)
            if (attributes.Type == message)
                return new LinuxException(call, subject, (Errno)error, attributes.Text);
        return new LinuxException(call, subject, (Errno)error);
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int socket(int domain, int type, int protocol);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsockopt(SafeFileHandle socket, int level, int name, ref int value, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(SafeFileHandle socket, ref byte buffer, nuint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(SafeFileHandle socket, ref byte buffer, nuint length, int flags);
}
