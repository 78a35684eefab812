using System.Runtime.InteropServices;

namespace Argosy.Linux.Sockets;

/// <summary><c>struct iovec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct MessageVector(byte* start, nuint length)
{
    private readonly byte* start = start;
    private readonly nuint length = length;
}
