using System.Diagnostics;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.DockerCli;

/// <summary>Debian's docker-registry on the engine's own loopback, for one test.</summary>
internal sealed class DockerRegistry : IAsyncDisposable
{
    // "secret", hashed by htpasswd -B.
    private const string Users = "ann:$2y$05$MMQp.HqrrfWOj/wE2m6FZukYD4V30jt3N8stnT0CCqizyM2Nr9o3q\n";
    private readonly string work = Directory.CreateTempSubdirectory("argosy-registry-").FullName;
    private Process? process;

    private DockerRegistry()
    {
    }

    /// <summary>host:port.</summary>
    internal string Address { get; } = "127.0.0.1:" + EngineExtensions.FreePort();

    /// <summary>Starts one; with a password, only ann with "secret" is let in. Everywhere: on all addresses of the engine's network, not on loopback alone.</summary>
    internal static async Task<DockerRegistry> StartAsync(IEngine engine, bool password = false, bool everywhere = false)
    {
        var registry = new DockerRegistry();
        await File.WriteAllTextAsync($"{registry.work}/htpasswd", Users);
        await File.WriteAllTextAsync($"{registry.work}/config.yml", registry.Configuration(password, everywhere));
        registry.process = engine.Start("/bin/sh", "-c", $"exec docker-registry serve {registry.work}/config.yml > {registry.work}/log 2>&1");
        await Poll.UntilAsync(async () => (await engine.RunAsync("curl", ["-s", $"http://{registry.Address}/v2/"])).ExitCode == 0, "the registry answers");
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

    private string Configuration(bool password, bool everywhere) => $"""
        version: 0.1
        log:
          level: error
          accesslog:
            disabled: true
        storage:
          filesystem:
            rootdirectory: {work}/data
        http:
          addr: {(everywhere ? Address.Replace("127.0.0.1", "") : Address)}

        """ + (password ? $"auth:\n  htpasswd:\n    realm: private\n    path: {work}/htpasswd\n" : "");
}
