using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Argosy.Shop.Tests.Carts;

/// <summary>A Redis of the test's own that keeps nothing on disk.</summary>
public sealed class PrivateRedis : IAsyncLifetime
{
    private readonly int port = FreePort();
    private Process? server;
    private IConnectionMultiplexer? connection;

    /// <summary>Its database.</summary>
    public IDatabase Database => connection!.GetDatabase();

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        server = Command.Start("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], "/tmp");
        connection = await Eventually.GetAsync<IConnectionMultiplexer>("redis answers", TimeSpan.FromSeconds(20), async () =>
            await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port}"));
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (connection is not null)
            await connection.DisposeAsync();
        server?.Kill();
        server?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
