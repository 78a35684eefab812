using System.Net;
using Argosy.CompatTests.Engines;
using Argosy.CompatTests.Interop;
using Argosy.Testing;

namespace Argosy.CompatTests.DockerCli;

/// <summary>Debian's docker-registry on the engine's own loopback, in the ways that tests want it.</summary>
internal static class DockerRegistry
{
    // "secret", hashed by htpasswd -B.
    private const string Users = "ann:$2y$05$MMQp.HqrrfWOj/wE2m6FZukYD4V30jt3N8stnT0CCqizyM2Nr9o3q\n";

    /// <summary>Starts one. Everywhere: on all addresses of the engine's network, not on loopback alone.</summary>
    internal static Task<RegistryProcess> StartAsync(IEngine engine, bool everywhere = false) =>
        RegistryProcess.StartAsync(new RegistryOptions { Enter = engine.Enter, Host = everywhere ? "" : "127.0.0.1" });

    /// <summary>Starts one that lets in ann with "secret" alone.</summary>
    internal static Task<RegistryProcess> StartWithPasswordAsync(IEngine engine) => RegistryProcess.StartAsync(new RegistryOptions
    {
        Enter = engine.Enter,
        Files = new Dictionary<string, string> { ["htpasswd"] = Users },
        Sections = directory => $"auth:\n  htpasswd:\n    realm: private\n    path: {directory}/htpasswd\n",
    });

    /// <summary>Starts one that asks a token server.</summary>
    internal static Task<RegistryProcess> StartAsync(IEngine engine, TokenServer tokens) => RegistryProcess.StartAsync(new RegistryOptions
    {
        Enter = engine.Enter,
        Files = new Dictionary<string, string> { ["bundle.pem"] = tokens.Bundle },
        Sections = directory => tokens.Configuration($"{directory}/bundle.pem"),
    });

    /// <summary>Starts one with TLS at an address that is not loopback's; it lets in who has a certificate of the same authority.</summary>
    internal static Task<RegistryProcess> StartAsync(IEngine engine, IPAddress address, Certificates certificates)
    {
        (string certificate, string key) = certificates.Issue("registry", address);
        return RegistryProcess.StartAsync(new RegistryOptions
        {
            Enter = engine.Enter,
            Host = address.ToString(),
            Files = new Dictionary<string, string> { ["server.crt"] = certificate, ["server.key"] = key, ["ca.crt"] = certificates.Authority },
            Http = directory => $"  tls:\n    certificate: {directory}/server.crt\n    key: {directory}/server.key\n    clientcas: [{directory}/ca.crt]\n",
        });
    }
}
