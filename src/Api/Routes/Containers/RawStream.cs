using System.Buffers.Binary;
using Argosy.Api.Http;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Routes.Containers;

/// <summary>Docker's two stream formats (Engine API, ContainerAttach): raw for terminals, framed for the rest.</summary>
internal static class RawStream
{
    internal const int HeaderLength = 8;

    /// <summary>The content type of a stream; clients before 1.42 know one name for both.</summary>
    internal static string ContentType(HttpContext context, bool terminal) =>
        terminal || context.ApiVersion() < new ApiVersion(1, 42) ? "application/vnd.docker.raw-stream" : "application/vnd.docker.multiplexed-stream";

    /// <summary>Writes a frame's head before its payload: stream number, three zeros, length as big-endian.</summary>
    internal static void WriteHeader(Span<byte> target, int stream, int length)
    {
        target[..HeaderLength].Clear();
        target[0] = (byte)stream;
        BinaryPrimitives.WriteInt32BigEndian(target[4..], length);
    }

    /// <summary>A payload as it goes over the wire.</summary>
    internal static byte[] Frame(int stream, ReadOnlySpan<byte> payload, bool terminal)
    {
        if (terminal)
            return payload.ToArray();
        byte[] frame = new byte[HeaderLength + payload.Length];
        WriteHeader(frame, stream, payload.Length);
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }
}
