using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Argosy.Networks.Relay;

/// <summary>A client and the container that it talks to.</summary>
internal sealed class StreamPair(Socket client) : IDisposable
{
    private const int BufferSize = 64 * 1024, SecondsToProbe = 60, SecondsBetween = 15, Probes = 4;
    private Socket? server;

    /// <summary>Carries bytes both ways until both sides are done, or one breaks off. Never fails.</summary>
    /// <param name="target">Null: there is no container at the moment.</param>
    internal async Task RunAsync(IPEndPoint? target)
    {
        try
        {
            if (target is null)
            {
                Reset();
                return;
            }
            server = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            Tune(client);
            Tune(server);
            await server.ConnectAsync(target);
            await Task.WhenAll(CopyAsync(client, server), CopyAsync(server, client));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Nobody is there, or there are no descriptors left: the client finds out as it would without us.
            Reset();
        }
    }

    /// <summary>Breaks off both sides.</summary>
    internal void Reset()
    {
        Break(client);
        if (server is { } other)
            Break(other);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        server?.Dispose();
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        try
        {
            while (await PassAsync(from, to))
            {
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            Reset();
        }
    }

    /// <summary>What there is now, piece by piece; false at the end. A connection that is idle has no buffer.</summary>
    private static async ValueTask<bool> PassAsync(Socket from, Socket to)
    {
        await from.ReceiveAsync(Memory<byte>.Empty);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int size;
            do
            {
                size = await from.ReceiveAsync(buffer.AsMemory(0, BufferSize));
                for (int sent = 0; sent < size;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, size - sent));
            }
            while (size == BufferSize);
            return size > 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Small pieces go at once, as their sender had them; a peer that is gone without a word (a namespace is) is noticed.</summary>
    private static void Tune(Socket socket)
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, SecondsToProbe);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, SecondsBetween);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
    }

    /// <summary>The other side sees a reset, not an end.</summary>
    private static void Break(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is broken already.
        }
        socket.Close(timeout: 0);
    }
}
