using System.Runtime.InteropServices;

namespace Argosy.Linux.Sockets;

/// <summary><c>struct msghdr</c> with one piece of memory; recvmsg(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct MessageHeader(byte* name, uint nameLength, MessageVector* vector, byte* control = null, nuint controlLength = 0)
{
    private readonly byte* name = name;
    private readonly uint nameLength = nameLength;
    private readonly MessageVector* vectors = vector;
    private readonly nuint vectorCount = 1;
    private readonly byte* control = control;
    private readonly nuint controlLength = controlLength;
    private readonly int flags;

    /// <summary>How much control data the kernel wrote.</summary>
    internal nuint ControlLength => controlLength;
}
