using System.Runtime.CompilerServices;
using Argosy.CompatTests.Engines;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace Argosy.CompatTests.DotNet;

/// <summary>Docker.DotNet.Enhanced, the client library below Testcontainers for .NET.</summary>
public sealed partial class DockerDotNetTests(EngineFixture engines) : ClientSuite(engines)
{
    protected override string Client => "Docker.DotNet.Enhanced";

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private Task UseAsync(EngineKind kind, Func<DockerClient, Task> use, [CallerMemberName] string name = "") => OnAsync(kind, async engine =>
    {
        using DockerClient client = new DockerClientBuilder().WithEndpoint(engine.Endpoint).Build();
        await use(client);
    }, name);

    private static async Task<string> CreateAsync(DockerClient client, string script, Action<CreateContainerParameters>? change = null)
    {
        var parameters = new CreateContainerParameters { Image = "busybox", Cmd = ["sh", "-c", script], HostConfig = new HostConfig() };
        change?.Invoke(parameters);
        return (await client.Containers.CreateContainerAsync(parameters, Patience)).ID;
    }

    private static async Task<string> RunAsync(DockerClient client, string script, Action<CreateContainerParameters>? change = null)
    {
        string id = await CreateAsync(client, script, change);
        Assert.True(await client.Containers.StartContainerAsync(id, new ContainerStartParameters(), Patience));
        return id;
    }

    private static Task RemoveAsync(DockerClient client, string id) =>
        client.Containers.RemoveContainerAsync(id, new ContainerRemoveParameters { Force = true, RemoveVolumes = true }, Patience);

    private static Dictionary<string, IDictionary<string, bool>> Filter(string key, string value) =>
        new() { [key] = new Dictionary<string, bool> { [value] = true } };
}
