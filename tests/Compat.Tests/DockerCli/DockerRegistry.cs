using System.Diagnostics;
using System.Net;
using Argosy.CompatTests.Engines;
using Argosy.CompatTests.Interop;
using Argosy.Testing;

namespace Argosy.CompatTests.DockerCli;

/// <summary>Debian's docker-registry on the engine's own loopback, for one test.</summary>
internal sealed class DockerRegistry : IAsyncDisposable
{
    // "secret", hashed by htpasswd -B.
    private const string Users = "ann:$2y$05$MMQp.HqrrfWOj/wE2m6FZukYD4V30jt3N8stnT0CCqizyM2Nr9o3q\n";
    private readonly string work = System.IO.Directory.CreateTempSubdirectory("argosy-registry-").FullName;
    private Process? process;

    private DockerRegistry()
    {
    }

    /// <summary>host:port.</summary>
    internal string Address { get; private init; } = "127.0.0.1:" + EngineExtensions.FreePort();

    /// <summary>Its own directory; removed with it.</summary>
    internal string Directory => work;

    /// <summary>Starts one; with a password, only ann with "secret" is let in. Everywhere: on all addresses of the engine's network, not on loopback alone.</summary>
    internal static async Task<DockerRegistry> StartAsync(IEngine engine, bool password = false, bool everywhere = false)
    {
        var registry = new DockerRegistry();
        await File.WriteAllTextAsync($"{registry.work}/htpasswd", Users);
        await registry.ServeAsync(engine, registry.Configuration(password, everywhere));
        await Poll.UntilAsync(async () => (await engine.RunAsync("curl", ["-s", $"http://{registry.Address}/v2/"])).ExitCode == 0, "the registry answers");
        return registry;
    }

    /// <summary>Starts one at an address on loopback that was agreed on before.</summary>
    internal static async Task<DockerRegistry> StartAsync(IEngine engine, string address)
    {
        var registry = new DockerRegistry { Address = address };
        await registry.ServeAsync(engine, registry.Configuration(password: false, everywhere: false));
        await Poll.UntilAsync(async () => (await engine.RunAsync("curl", ["-s", $"http://{address}/v2/"])).ExitCode == 0, "the registry answers");
        return registry;
    }

    /// <summary>Starts one that asks a token server.</summary>
    internal static async Task<DockerRegistry> StartAsync(IEngine engine, TokenServer tokens)
    {
        var registry = new DockerRegistry();
        await File.WriteAllTextAsync($"{registry.work}/bundle.pem", tokens.Bundle);
        await registry.ServeAsync(engine, registry.Configuration(password: false, everywhere: false) + tokens.Configuration($"{registry.work}/bundle.pem"));
        await Poll.UntilAsync(async () => (await engine.RunAsync("curl", ["-s", $"http://{registry.Address}/v2/"])).ExitCode == 0, "the registry answers");
        return registry;
    }

    /// <summary>Starts one with TLS at an address that is not loopback's; it lets in who has a certificate of the same authority.</summary>
    internal static async Task<DockerRegistry> StartAsync(IEngine engine, IPAddress address, Certificates certificates)
    {
        var registry = new DockerRegistry { Address = $"{address}:{EngineExtensions.FreePort()}" };
        (string certificate, string key) = certificates.Issue("registry", address);
        await File.WriteAllTextAsync($"{registry.work}/server.crt", certificate);
        await File.WriteAllTextAsync($"{registry.work}/server.key", key);
        await File.WriteAllTextAsync($"{registry.work}/ca.crt", certificates.Authority);
        string tls = $"  tls:\n    certificate: {registry.work}/server.crt\n    key: {registry.work}/server.key\n    clientcas: [{registry.work}/ca.crt]\n";
        await registry.ServeAsync(engine, registry.Configuration(password: false, everywhere: false) + tls);
        // 56: it speaks TLS, and refuses us for lack of a certificate.
        await Poll.UntilAsync(async () => (await engine.RunAsync("curl", ["-sk", $"https://{registry.Address}/v2/"])).ExitCode is 0 or 56, "the registry answers");
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
        System.IO.Directory.Delete(work, recursive: true);
    }

    private async Task ServeAsync(IEngine engine, string configuration)
    {
        await File.WriteAllTextAsync($"{work}/config.yml", configuration);
        process = engine.Start("/bin/sh", "-c", $"exec docker-registry serve {work}/config.yml > {work}/log 2>&1");
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
