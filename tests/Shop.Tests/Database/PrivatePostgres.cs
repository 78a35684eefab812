using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Argosy.Shop.Tests.Database;

/// <summary>A PostgreSQL of the test's own, in a temporary directory, with the shop's schema and goods; gone afterwards.</summary>
public sealed class PrivatePostgres : IAsyncLifetime
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string directory = Path.Combine("/tmp", $"shop-tests-{Guid.NewGuid():N}");
    private readonly int port = FreePort();

    /// <summary>Connections as the role that the services have.</summary>
    public NpgsqlDataSource Source { get; private set; } = null!;

    /// <summary>Runs a query for one value.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs a statement.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Forgets all orders and reservations, and fills the shelves.</summary>
    public Task ResetAsync(int stock) => ExecuteAsync(
        $"""
        TRUNCATE shipment_attempts, shipments, fulfilment_queue, order_lines, orders, reservations;
        UPDATE products SET stock = {stock};
        """);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await RunAsRootAsync("install", "-d", "-o", "postgres", "-g", "postgres", directory);
        await RunAsync("initdb", "-D", $"{directory}/data", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync");
        string options = $"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={directory} -c fsync=off -c max_connections=120";
        await RunAsync("pg_ctl", "-D", $"{directory}/data", "-s", "-w", "-l", $"{directory}/log", "-o", options, "start");
        await PsqlAsync("postgres", "CREATE ROLE shop LOGIN; CREATE DATABASE shop OWNER shop;");
        string scripts = Path.Combine(Repository.Shop, "services", "db");
        await PsqlAsync("shop", $"SET ROLE shop;\n{await File.ReadAllTextAsync($"{scripts}/schema.sql")}\n{await File.ReadAllTextAsync($"{scripts}/seed.sql")}");
        Source = new NpgsqlSlimDataSourceBuilder($"Host=127.0.0.1;Port={port};Username=shop;Database=shop;SSL Mode=Disable;Maximum Pool Size=60").EnableArrays().Build();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (Source is not null)
            await Source.DisposeAsync();
        await RunAsync("pg_ctl", "-D", $"{directory}/data", "-s", "-w", "-m", "fast", "stop");
        Directory.Delete(directory, recursive: true);
    }

    private async Task PsqlAsync(string database, string sql) =>
        (await Command.RunAsync(
            "setpriv", [.. AsPostgres, $"{Binaries}/psql", "-h", directory, "-p", $"{port}", "-v", "ON_ERROR_STOP=1", "-q", "-X", database],
            Patience, input: sql)).Succeeded();

    private static async Task RunAsync(string program, params string[] arguments) =>
        await RunAsRootAsync("setpriv", [.. AsPostgres, $"{Binaries}/{program}", .. arguments]);

    // The server that pg_ctl leaves behind keeps the pipes of its parent: so this goes through a shell that closes them.
    private static async Task RunAsRootAsync(string program, params string[] arguments) =>
        (await Command.RunAsync("sh", ["-c", "log=$(mktemp); \"$@\" >$log 2>&1 </dev/null; code=$?; cat $log; rm $log; exit $code", "sh", program, .. arguments], Patience)).Succeeded();

    private static string[] AsPostgres => ["--reuid=postgres", "--regid=postgres", "--clear-groups"];

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
