using System.Diagnostics;
using System.Net.Sockets;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Debian's docker-registry on the loopback address; disposing ends it and removes its storage.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("argosy-registry-").FullName;
    private Process? process;

    /// <summary>host:port.</summary>
    internal string Address { get; } = $"127.0.0.1:{FreePort()}";

    internal static async Task<RegistryProcess> StartAsync()
    {
        var registry = new RegistryProcess();
        await File.WriteAllTextAsync($"{registry.work}/config.yml", $"""
            version: 0.1
            log:
              level: error
              accesslog:
                disabled: true
            storage:
              filesystem:
                rootdirectory: {registry.work}/data
            http:
              addr: {registry.Address}
            """);
        registry.process = Process.Start("/bin/sh", ["-c", $"exec docker-registry serve {registry.work}/config.yml > {registry.work}/log 2>&1"]);
        await Poll.UntilAsync(async () => (await Shell.RunAsync("curl", ["-s", $"http://{registry.Address}/v2/"])).ExitCode == 0, "the registry answers");
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
        Directory.Delete(work, recursive: true);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
