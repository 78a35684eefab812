using System.Text.Json.Nodes;
using Argosy.CompatTests.DockerCli;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.Interop;

/// <summary>Mirrors: Docker Hub's and another registry's, both Debian's docker-registry on loopback; the registries themselves are not to be had.</summary>
[Trait("Needs", "Root")]
public sealed class MirrorTests
{
    [FactWith("docker-registry", "docker")]
    public async Task A_pull_is_served_by_the_first_mirror_that_lives()
    {
        await using RegistryProcess mirror = await RegistryProcess.StartAsync();
        string address = mirror.Address;
        var configuration = new JsonObject
        {
            ["registry-mirrors"] = new JsonArray("http://127.0.0.1:1", $"http://{address}/"),
            ["argosy-registry-mirrors"] = new JsonObject { ["registry.invalid:5000"] = new JsonArray($"http://{address}") },
        };
        await using Argosyd us = await Argosyd.StartAsync(new PrivateDaemonOptions { Configuration = configuration });
        await Script.RunAsync(us, "mirrors.txt", new Dictionary<string, string?> { ["REGISTRY"] = address });
    }
}
