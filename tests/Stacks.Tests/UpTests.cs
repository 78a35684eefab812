using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks.Tests;

public sealed class UpTests : IAsyncLifetime
{
    private const string Shop = """
        services:
          web:
            image: busybox
            depends_on: {db: {condition: service_healthy}, init: {condition: service_completed_successfully}}
          db: {image: redis, volumes: ["data:/data", /scratch]}
          init: {image: busybox, depends_on: {db: {condition: service_healthy}}}
        volumes: {data: {}}
        """;

    private readonly StackHost host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    private void Behave() => host.Engine.OnStart = container => container.Service switch
    {
        "db" => container with { Health = ObservedHealth.Healthy },
        "init" => container with { Status = ObservedStatus.Exited, ExitCode = 0 },
        _ => container,
    };

    [Fact]
    public async Task Containers_start_when_the_conditions_hold()
    {
        host.Engine.OnStart = container => container.Service == "db" ? container with { Health = ObservedHealth.Starting } : container;
        StackJob job = host.Manager.Up(StackHost.Spec(Shop), new UpOptions());
        await Until(() => host.Engine.Log.Contains("start p-db-1"));
        Assert.DoesNotContain("start p-init-1", host.Engine.Log);
        host.Engine.Set("p-db-1", container => container with { Health = ObservedHealth.Healthy });
        await Until(() => host.Engine.Log.Contains("start p-init-1"));
        Assert.DoesNotContain("start p-web-1", host.Engine.Log);
        host.Engine.Set("p-init-1", container => container with { Status = ObservedStatus.Exited });
        Assert.Equal("DONE", (await StackHost.EndAsync(job))[^1]);
        Assert.Equal("start p-web-1", host.Engine.Log[^1]);
    }

    [Fact]
    public async Task The_same_command_again_changes_nothing()
    {
        Behave();
        await host.UpAsync(Shop);
        host.Engine.Set("p-init-1", container => container with { Status = ObservedStatus.Running });
        host.Engine.Log.Clear();
        Assert.Equal("DONE", (await host.UpAsync(Shop))[^1]);
        Assert.Empty(host.Engine.Log);
    }

    [Fact]
    public async Task A_changed_service_is_replaced_and_keeps_its_anonymous_volumes()
    {
        Behave();
        await host.UpAsync(Shop);
        string volume = host.Engine.Find("p-db-1").AnonymousVolumes["/scratch"];
        host.Engine.Log.Clear();
        IReadOnlyList<string> lines = await host.UpAsync(Shop.Replace("image: redis", "image: redis, user: u", StringComparison.Ordinal));
        Assert.Contains("p-db-1 Recreated", lines);
        Assert.Equal(volume, host.Engine.Find("p-db-1").AnonymousVolumes["/scratch"]);
        Assert.Equal(["stop p-db-1", "rm p-db-1", "rename p-db-1", "start p-db-1"], host.Engine.Log.Where(entry => entry.EndsWith(" p-db-1", StringComparison.Ordinal)));
        Assert.DoesNotContain("stop p-web-1", host.Engine.Log);
    }

    [Theory]
    [InlineData("Unhealthy", "FAILED dependency failed to start: container p-db-1 is unhealthy")]
    [InlineData("Exited", "FAILED dependency failed to start: container p-db-1 exited (3)")]
    [InlineData("None", "FAILED dependency failed to start: container p-db-1 has no healthcheck configured")]
    public async Task A_dependency_that_fails_fails_the_operation(string how, string error)
    {
        host.Engine.OnStart = container => how switch
        {
            "Unhealthy" => container with { Health = ObservedHealth.Unhealthy },
            "Exited" => container with { Status = ObservedStatus.Exited, ExitCode = 3, Health = ObservedHealth.Unhealthy },
            _ => container,
        };
        Assert.Equal(error, (await host.UpAsync(Shop))[^1]);
        Assert.DoesNotContain("start p-web-1", host.Engine.Log);
        Assert.Equal(error["FAILED ".Length..], host.Manager.Get("p").LastError);
    }

    [Fact]
    public async Task An_optional_dependency_may_fail()
    {
        IReadOnlyList<string> lines = await host.UpAsync("services:\n  web: {image: busybox, depends_on: {db: {condition: service_healthy, required: false}}}\n  db: {image: redis}");
        Assert.Equal("DONE", lines[^1]);
        Assert.Contains("start p-web-1", host.Engine.Log);
    }

    [Fact]
    public async Task A_failing_one_shot_is_named()
    {
        host.Engine.OnStart = container => container with { Status = ObservedStatus.Exited, ExitCode = 1 };
        IReadOnlyList<string> lines = await host.UpAsync("services:\n  web: {image: busybox, depends_on: {init: {condition: service_completed_successfully}}}\n  init: {image: busybox}");
        Assert.Equal("FAILED service \"init\" didn't complete successfully: exit 1", lines[^1]);
    }

    [Fact]
    public async Task Missing_images_are_pulled_and_unbuilt_ones_are_named()
    {
        host.Engine.Pullable.Add("alpine");
        IReadOnlyList<string> lines = await host.UpAsync("services: {a: {image: alpine}, b: {image: alpine}}");
        Assert.Equal("DONE", lines[^1]);
        Assert.Single(host.Engine.Log, "pull alpine");
        Assert.StartsWith("FAILED No such image: p-c: service \"c\" has to be built first", (await host.UpAsync("services: {c: {build: .}}"))[^1], StringComparison.Ordinal);
        Assert.Equal("FAILED No such image: nope", (await host.UpAsync("services: {c: {image: nope, pull_policy: never}}"))[^1]);
    }

    [Fact]
    public async Task Orphans_are_reported_and_removed_on_demand()
    {
        await host.UpAsync("services: {a: {image: busybox}, b: {image: busybox}}");
        Assert.Contains(await host.UpAsync("services: {a: {image: busybox}}"), line => line.Contains("Found orphan containers ([p-b-1])", StringComparison.Ordinal));
        await host.UpAsync("services: {a: {image: busybox}}", new UpOptions { RemoveOrphans = true });
        Assert.Equal(["p-a-1"], host.Engine.Containers("p").Select(container => container.Name));
    }

    [Fact]
    public async Task A_newer_operation_ends_the_waits_of_an_older_one()
    {
        host.Engine.OnStart = container => container with { Health = ObservedHealth.Starting };
        StackJob waiting = host.Manager.Up(StackHost.Spec(Shop), new UpOptions());
        await Until(() => host.Engine.Log.Contains("start p-db-1"));
        Assert.Equal("DONE", (await host.DownAsync())[^1]);
        Assert.Equal("FAILED a newer operation on this stack took over", (await StackHost.EndAsync(waiting))[^1]);
        Assert.Equal("volume p_data", host.Engine.State());
    }

    [Fact]
    public async Task Wait_ends_when_everything_is_healthy()
    {
        host.Engine.OnStart = container => container with { Health = ObservedHealth.Starting };
        StackJob job = host.Manager.Up(StackHost.Spec("services: {a: {image: busybox}}"), new UpOptions { Wait = true });
        await Until(() => host.Engine.Log.Contains("start p-a-1"));
        Assert.False(job.Completion.IsCompleted);
        host.Engine.Set("p-a-1", container => container with { Health = ObservedHealth.Healthy });
        Assert.Equal("DONE", (await StackHost.EndAsync(job))[^1]);
    }

    [Fact]
    public async Task Secrets_are_files_that_only_mounts_reach_and_are_not_shown()
    {
        StackSpec spec = StackHost.Spec("services: {a: {image: busybox, secrets: [s], configs: [{source: c, mode: 0400}]}}\nsecrets: {s: {file: /etc/hostname}}\nconfigs: {c: {content: hello}}");
        spec = spec with { Secrets = new Dictionary<string, StackFile> { ["s"] = new() { Name = "p_s", Content = "hush" } } };
        IReadOnlyList<string> lines = await StackHost.EndAsync(host.Manager.Up(spec, new UpOptions()));
        Assert.DoesNotContain(lines, line => line.Contains("hush", StringComparison.Ordinal));
        string[] sources = [.. host.Engine.Request("p-a-1").HostConfig!.Mounts!.Select(mount => mount.Source!)];
        Assert.Equal(["hush", "hello"], sources.Select(File.ReadAllText));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(sources[0]));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(sources[1]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(sources[0])!));
        Assert.Null(host.Manager.Get("p").Spec.Secrets["s"].Content);
        await host.DownAsync();
        Assert.False(Directory.Exists(Path.Combine(host.FilesRoot, "p")));
    }

    [Fact]
    public void What_no_compose_file_could_say_is_refused()
    {
        StackSpec spec = StackHost.Spec("services: {a: {image: busybox}}") with { Name = "../x" };
        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<EngineException>(() => host.Manager.Up(spec, new UpOptions())).Kind);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (int i = 0; i < 2000 && !condition(); i++)
            await Task.Delay(5);
        Assert.True(condition());
    }
}
