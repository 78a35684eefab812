using System.Text.Json.Nodes;
using Argosy.CompatTests.DockerCli;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.Interop;

/// <summary>The .NET SDK makes images itself: from a base image in a registry, into the engine that the docker client talks to.</summary>
[Trait("Needs", "Root")]
public sealed class PublishContainerTests : IAsyncLifetime
{
    // What a program that brings its own .NET needs of a system.
    private const string Libraries = "/lib64/ld-linux-x86-64.so.2 /lib/x86_64-linux-gnu/lib{c.so.6,m.so.6,dl.so.2,pthread.so.0,rt.so.1,gcc_s.so.1} /usr/lib/x86_64-linux-gnu/libstdc++.so.6";

    private readonly string work = Directory.CreateTempSubdirectory("argosy-publish-").FullName;
    private Argosyd us = null!;
    private RegistryProcess registry = null!;

    public async Task InitializeAsync()
    {
        us = await Argosyd.StartAsync(new PrivateDaemonOptions { Configuration = new JsonObject { ["insecure-registries"] = new JsonArray("10.0.0.0/8") } });
        registry = await DockerRegistry.StartAsync(us);
    }

    public async Task DisposeAsync()
    {
        await registry.DisposeAsync();
        await us.DisposeAsync();
        Directory.Delete(work, recursive: true);
    }

    [FactWith("docker-registry", "docker")]
    public async Task What_dotnet_publish_makes_comes_into_the_engine_and_runs()
    {
        await Peers.DockerAsync(us, $"bash -c 'tar -chf - {Libraries}' | docker import - {registry.Address}/base:1 && docker push -q {registry.Address}/base:1");
        await File.WriteAllTextAsync($"{work}/Program.cs", "System.Console.WriteLine(\"published\");");
        await File.WriteAllTextAsync($"{work}/Published.csproj", """
            <Project Sdk="Microsoft.NET.Sdk"><PropertyGroup>
              <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><InvariantGlobalization>true</InvariantGlobalization>
            </PropertyGroup></Project>
            """);
        (await us.RunAsync("dotnet", ["publish", work, "-t:PublishContainer", "-r", "linux-x64", "--self-contained", "-v", "quiet", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
            $"-p:ContainerBaseImage={registry.Address}/base:1", "-p:ContainerRepository=published", "-p:ContainerImageTag=1"],
            environment: new Dictionary<string, string?> { ["DOTNET_CONTAINER_INSECURE_REGISTRIES"] = registry.Address })).Succeeded();
        Assert.Equal("published", await Peers.DockerAsync(us, "docker run --rm published:1"));
    }
}
