using System.Net;
using System.Net.Sockets;
using Argosy.Linux.Sockets;

namespace Argosy.Networks.Relay;

/// <summary>What one client of a UDP port says to the container, and what it is answered.</summary>
internal sealed class DatagramSession : IDisposable
{
    private const int AtOnce = 32;

    private readonly Socket listener, server;
    private readonly DatagramPath path;
    private readonly byte[] buffer;
    private readonly TimeProvider time;
    private readonly IDisposable serving;
    private long lastUsed;

    internal DatagramSession(Socket listener, DatagramPath path, IPEndPoint target, ReadinessLoop loop, byte[] buffer, TimeProvider time)
    {
        (this.listener, this.path, this.buffer, this.time) = (listener, path, buffer, time);
        lastUsed = time.GetTimestamp();
        server = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            server.Connect(target);
            serving = loop.Serve(server.SafeHandle, Answer);
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>When something went either way.</summary>
    internal long LastUsed => Volatile.Read(ref lastUsed);

    /// <summary>To the container. What cannot go is lost.</summary>
    internal void Send(ReadOnlySpan<byte> datagram)
    {
        Volatile.Write(ref lastUsed, time.GetTimestamp());
        server.Send(datagram, SocketFlags.None, out SocketError error);
        // That was about an earlier one: nobody listened for it. Somebody may by now.
        if (error == SocketError.ConnectionRefused)
            server.Send(datagram, SocketFlags.None, out _);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        serving.Dispose();
        server.Dispose();
    }

    private void Answer()
    {
        for (int count = 0; count < AtOnce; count++)
        {
            int size = server.Receive(buffer, SocketFlags.None, out SocketError error);
            if (error != SocketError.Success)
                return;
            Volatile.Write(ref lastUsed, time.GetTimestamp());
            AddressedDatagrams.Answer(listener, buffer.AsSpan(0, size), path);
        }
    }
}
