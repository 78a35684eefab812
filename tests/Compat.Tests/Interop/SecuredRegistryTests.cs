using System.Net;
using System.Text.Json.Nodes;
using Argosy.CompatTests.DockerCli;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.Interop;

/// <summary>Debian's docker-registry behind a token server, and with TLS that wants certificates of both sides.</summary>
[Trait("Needs", "Root")]
public sealed class SecuredRegistryTests
{
    [FactWith("docker-registry", "docker", "skopeo")]
    public async Task A_registry_with_tokens_takes_logins_and_identity_tokens_and_mounts_between_repositories()
    {
        await using TokenServer tokens = await TokenServer.StartAsync();
        await using Argosyd us = await Argosyd.StartAsync(new PrivateDaemonOptions());
        await using RegistryProcess registry = await DockerRegistry.StartAsync(us, tokens);
        await Script.RunAsync(us, "tokens.txt", new Dictionary<string, string?> { ["REGISTRY"] = registry.Address });
        Assert.Contains("refresh_token", tokens.Asked);
        Assert.Contains("GET", tokens.Asked);
    }

    [FactWith("docker-registry", "docker")]
    public async Task A_registry_with_TLS_is_trusted_and_trusts_us_by_the_files_in_certs_d()
    {
        string directory = Directory.CreateTempSubdirectory("argosy-certs-").FullName;
        using var certificates = new Certificates();
        await using Argosyd us = await Argosyd.StartAsync(new PrivateDaemonOptions { Configuration = new JsonObject { ["argosy-certs-directories"] = new JsonArray(directory) } });
        // The bridge's address is the one of this machine that is surely not loopback's: those are never verified.
        var address = IPAddress.Parse((string)(await us.Daemon.Api.GetAsync("networks/bridge"))["IPAM"]!["Config"]![0]!["Gateway"]!);
        await using RegistryProcess registry = await DockerRegistry.StartAsync(us, address, certificates);
        (string certificate, string key) = certificates.Issue("engine");
        await File.WriteAllTextAsync($"{registry.Directory}/ours.cert", certificate);
        await File.WriteAllTextAsync($"{registry.Directory}/ours.key", key);
        await Script.RunAsync(us, "tls.txt", new Dictionary<string, string?> { ["REGISTRY"] = registry.Address, ["CERTIFICATES"] = registry.Directory, ["CERTS_D"] = directory });
        Directory.Delete(directory, recursive: true);
    }
}
