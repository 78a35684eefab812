using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Sockets;

/// <summary>Descriptors that go with bytes over a unix stream socket: SCM_RIGHTS, unix(7).</summary>
public static unsafe partial class DescriptorPassing
{
    /// <summary>As many at once as the kernel takes, SCM_MAX_FD.</summary>
    public const int Most = 253;

    private const int SocketLevel = 1, Rights = 1, DontWait = 0x40, NoSignal = 0x4000, CloseOnExec = 0x40000000, HeadSize = 16;

    private static readonly int RoomForMost = Align(HeadSize + (Most * sizeof(int)));

    /// <summary>Sends some bytes, at least one, and all of the descriptors with the first of them.</summary>
    /// <param name="socket">Connected; may be busy with receiving.</param>
    /// <param name="bytes">Not empty.</param>
    /// <param name="descriptors">At most <see cref="Most"/>; they stay the caller's to close.</param>
    /// <returns>How many bytes went.</returns>
    /// <exception cref="SocketException">The peer does not read in the socket's send time-out.</exception>
    /// <exception cref="LinuxException">The peer is gone.</exception>
    public static int Send(Socket socket, ReadOnlySpan<byte> bytes, IReadOnlyList<SafeHandle> descriptors)
    {
        byte* control = stackalloc byte[RoomForMost];
        int held = 0;
        try
        {
            for (bool added = false; held < descriptors.Count; held++, added = false)
            {
                descriptors[held].DangerousAddRef(ref added);
                ((int*)(control + HeadSize))[held] = (int)descriptors[held].DangerousGetHandle();
            }
            ((nuint*)control)[0] = (nuint)(HeadSize + (held * sizeof(int)));
            ((int*)control)[2] = SocketLevel;
            ((int*)control)[3] = Rights;
            fixed (byte* start = bytes)
            {
                var vector = new MessageVector(start, (nuint)bytes.Length);
                var header = new MessageHeader(null, 0, &vector, control, (nuint)Align(HeadSize + (held * sizeof(int))));
                return Send(socket, &header);
            }
        }
        finally
        {
            while (held > 0)
                descriptors[--held].DangerousRelease();
        }
    }

    private static int Send(Socket socket, MessageHeader* header)
    {
        while (true)
        {
            nint sent = sendmsg(socket.SafeHandle, header, DontWait | NoSignal);
            if (sent > 0)
                return (int)sent;
            switch ((Errno)Marshal.GetLastPInvokeError())
            {
                case Errno.Interrupted:
                    continue;
                case Errno.Again when socket.Poll(TimeSpan.FromMilliseconds(socket.SendTimeout), SelectMode.SelectWrite):
                    continue;
                case Errno.Again:
                    throw new SocketException((int)SocketError.TimedOut);
                default:
                    throw LinuxException.FromLastError("sendmsg", "SCM_RIGHTS");
            }
        }
    }

    /// <summary>Takes what has come, without waiting.</summary>
    /// <param name="socket">Connected.</param>
    /// <param name="buffer">For the bytes.</param>
    /// <param name="descriptors">Gets those that came with them, the caller's from now on.</param>
    /// <returns>How many bytes came: 0 at the end, −1 when there are none now.</returns>
    /// <exception cref="LinuxException">The connection is broken.</exception>
    public static int Receive(Socket socket, Span<byte> buffer, ICollection<SafeFileHandle> descriptors)
    {
        byte* control = stackalloc byte[RoomForMost];
        fixed (byte* start = buffer)
        {
            var vector = new MessageVector(start, (nuint)buffer.Length);
            var header = new MessageHeader(null, 0, &vector, control, (nuint)RoomForMost);
            nint size;
            do
                size = recvmsg(socket.SafeHandle, &header, DontWait | CloseOnExec);
            while (size < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Interrupted);
            if (size < 0)
                return Marshal.GetLastPInvokeError() == (int)Errno.Again ? -1 : throw LinuxException.FromLastError("recvmsg", "SCM_RIGHTS");
            Collect(control, header.ControlLength, descriptors);
            return (int)size;
        }
    }

    private static void Collect(byte* control, nuint length, ICollection<SafeFileHandle> descriptors)
    {
        if (length < HeadSize || ((int*)control)[2] != SocketLevel || ((int*)control)[3] != Rights)
            return;
        int count = ((int)((nuint*)control)[0] - HeadSize) / sizeof(int);
        for (int index = 0; index < count; index++)
            descriptors.Add(new SafeFileHandle(((int*)(control + HeadSize))[index], ownsHandle: true));
    }

    /// <summary>CMSG_ALIGN.</summary>
    private static int Align(int length) => (length + 7) & ~7;

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendmsg(SafeHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recvmsg(SafeHandle socket, MessageHeader* message, int flags);
}
