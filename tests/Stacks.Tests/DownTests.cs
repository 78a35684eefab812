using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks.Tests;

public sealed class DownTests : IAsyncLifetime
{
    private const string Chain = """
        services:
          web: {image: busybox, depends_on: [api], networks: [front, default]}
          api: {image: busybox, depends_on: [db]}
          db: {image: redis, volumes: ["data:/data"]}
        networks: {front: {}}
        volumes: {data: {}}
        """;

    private readonly StackHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    [Fact]
    public async Task Dependents_go_before_what_they_depend_on_and_nothing_is_left()
    {
        await host.UpAsync(Chain);
        host.Engine.Log.Clear();
        Assert.Equal("DONE", (await host.DownAsync(new DownOptions { Volumes = true }))[^1]);
        Assert.Equal(["stop p-web-1", "rm p-web-1", "stop p-api-1", "rm p-api-1", "stop p-db-1", "rm p-db-1"], host.Engine.Log[..6]);
        Assert.Equal(["network rm p_default", "network rm p_front"], host.Engine.Log[6..8].Order());
        Assert.Equal("volume rm p_data", host.Engine.Log[8]);
        Assert.Equal("", host.Engine.State());
        Assert.Throws<EngineException>(() => host.Manager.Get("p"));
    }

    [Fact]
    public async Task Named_volumes_stay_unless_asked()
    {
        await host.UpAsync(Chain);
        await host.DownAsync();
        Assert.Equal("volume p_data", host.Engine.State());
    }

    [Fact]
    public async Task A_network_in_use_stays_and_is_named()
    {
        await host.UpAsync("services: {a: {image: busybox}, b: {image: busybox}}");
        await host.UpAsync("services: {a: {image: busybox}}");
        IReadOnlyList<string> lines = await host.DownAsync();
        Assert.Contains("p_default Warning Resource is still in use", lines);
        Assert.Equal("DONE", (await host.DownAsync(new DownOptions { RemoveOrphans = true }))[^1]);
        await host.DownAsync(new DownOptions { RemoveOrphans = true });
        Assert.Equal("", host.Engine.State());
    }

    [Fact]
    public async Task Images_go_when_asked()
    {
        host.Engine.Images["p-b"] = "sha256:3";
        await host.UpAsync("services: {a: {image: busybox}, b: {build: .}}");
        await host.DownAsync(new DownOptions { RemoveImages = "local" });
        Assert.Equal(["busybox", "redis"], host.Engine.Images.Keys.Order());
        await host.UpAsync("services: {a: {image: busybox}}");
        await host.DownAsync(new DownOptions { RemoveImages = "all" });
        Assert.Equal(["redis"], host.Engine.Images.Keys);
    }

    [Fact]
    public async Task Down_of_nothing_is_done() => Assert.Equal(["DONE"], await host.DownAsync());

    [Fact]
    public async Task Stop_and_start_keep_the_containers()
    {
        await host.UpAsync(Chain);
        host.Engine.Log.Clear();
        await StackHost.EndAsync(host.Manager.Stop("p", [], null));
        Assert.Equal(["stop p-web-1", "stop p-api-1", "stop p-db-1"], host.Engine.Log);
        Assert.Equal("stopped", host.Manager.Get("p").Goal);
        host.Engine.Log.Clear();
        await StackHost.EndAsync(host.Manager.Start("p", []));
        Assert.Equal(["start p-db-1", "start p-api-1", "start p-web-1"], host.Engine.Log);
        Assert.Equal("up", host.Manager.Get("p").Goal);
    }

    [Fact]
    public async Task One_service_is_restarted_alone()
    {
        await host.UpAsync(Chain);
        host.Engine.Log.Clear();
        await StackHost.EndAsync(host.Manager.Restart("p", ["api"], null));
        Assert.Equal(["restart p-api-1"], host.Engine.Log);
        Assert.Equal("no such service: nope", Assert.Throws<EngineException>(() => host.Manager.Restart("p", ["nope"], null)).Message);
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<EngineException>(() => host.Manager.Restart("other", [], null)).Kind);
    }

    [Fact]
    public async Task A_project_without_a_record_is_known_by_its_labels()
    {
        await host.UpAsync(Chain);
        await using var other = new StackHost();
        foreach (ObservedContainer container in host.Engine.AllContainers())
            await other.Engine.CreateContainerAsync(container.Name, host.Engine.Request(container.Name), new Dictionary<string, string>(), CancellationToken.None);
        foreach (ObservedContainer container in other.Engine.AllContainers())
            await other.Engine.StartAsync(container.Id, CancellationToken.None);
        Assert.Equal(["p running(3) -"], other.Manager.List().Select(stack => $"{stack.Name} {stack.Status} {stack.Goal ?? "-"}"));
        other.Engine.Log.Clear();
        Assert.Equal("DONE", (await other.DownAsync())[^1]);
        Assert.Equal(["stop p-web-1", "rm p-web-1", "stop p-api-1", "rm p-api-1", "stop p-db-1", "rm p-db-1"], other.Engine.Log);
    }
}
