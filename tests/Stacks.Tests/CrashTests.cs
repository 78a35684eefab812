using Argosy.Contract.Stacks;

namespace Argosy.Stacks.Tests;

public sealed class CrashTests : IAsyncLifetime
{
    private const string Before = """
        services:
          web: {image: busybox, depends_on: {db: {condition: service_healthy}}, scale: 2}
          db: {image: redis, volumes: ["data:/data", /scratch]}
          old: {image: busybox}
        volumes: {data: {}}
        """;

    private const string After = """
        services:
          web: {image: busybox, depends_on: {db: {condition: service_healthy}}, environment: [A=2]}
          db: {image: redis, volumes: ["data:/data", /scratch], user: u}
          new: {image: busybox}
        volumes: {data: {}}
        """;

    private readonly StackHost host = new();

    public CrashTests() => Behave(host);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => host.DisposeAsync().AsTask();

    private static void Behave(StackHost host) => host.Engine.OnStart = container => container.Service == "db" ? container with { Health = ObservedHealth.Healthy } : container;

    public static TheoryData<int, bool> EveryChange()
    {
        var data = new TheoryData<int, bool>();
        for (int changes = 0; changes < 24; changes++)
        {
            data.Add(changes, true);
            data.Add(changes, false);
        }
        return data;
    }

    /// <summary>Kills the daemon before every single change of an update, and lets either the new daemon or the user's same command finish it.</summary>
    [Theory]
    [MemberData(nameof(EveryChange))]
    public async Task An_update_killed_anywhere_ends_in_the_same_state(int changes, bool byUser)
    {
        var options = new UpOptions { RemoveOrphans = true };
        await using var whole = new StackHost();
        Behave(whole);
        await whole.UpAsync(Before);
        await whole.UpAsync(After, options);

        await host.UpAsync(Before);
        string volume = host.Engine.Find("p-db-1").AnonymousVolumes["/scratch"];
        await Killed(changes, () => host.Manager.Up(StackHost.Spec(After), options));
        await (byUser ? host.UpAsync(After, options) : host.ResumeAsync());
        Assert.Equal(WithoutIds(whole.Engine.State()), WithoutIds(host.Engine.State()));
        Assert.Equal(volume, host.Engine.Find("p-db-1").AnonymousVolumes["/scratch"]);
    }

    [Theory]
    [MemberData(nameof(EveryChange))]
    public async Task A_first_up_killed_anywhere_is_finished(int changes, bool byUser)
    {
        await using var whole = new StackHost();
        Behave(whole);
        await whole.UpAsync(Before);
        await Killed(changes, () => host.Manager.Up(StackHost.Spec(Before), new UpOptions()));
        await (byUser ? host.UpAsync(Before) : host.ResumeAsync());
        Assert.Equal(WithoutIds(whole.Engine.State()), WithoutIds(host.Engine.State()));
    }

    [Theory]
    [MemberData(nameof(EveryChange))]
    public async Task A_down_killed_anywhere_leaves_nothing(int changes, bool byUser)
    {
        await host.UpAsync(Before);
        await Killed(changes, () => host.Manager.Down("p", new DownOptions { Volumes = true }));
        await (byUser ? host.DownAsync(new DownOptions { Volumes = true }) : host.ResumeAsync());
        Assert.Equal("", host.Engine.State());
    }

    [Fact]
    public async Task After_a_reboot_the_conditions_hold_again_in_order()
    {
        await host.UpAsync(Before);
        await host.RestartAsync();
        host.Engine.Reboot();
        await host.ResumeAsync();
        Assert.All(host.Engine.Containers("p"), container => Assert.Equal(ObservedStatus.Running, container.Status));
        Assert.True(host.Engine.Log.IndexOf("start p-db-1") < host.Engine.Log.IndexOf("start p-web-1"));
    }

    [Fact]
    public async Task A_restart_of_the_daemon_disturbs_nothing()
    {
        await host.UpAsync(Before);
        host.Engine.Log.Clear();
        await host.RestartAsync();
        await host.ResumeAsync();
        Assert.Empty(host.Engine.Log);
    }

    [Fact]
    public async Task A_stopped_stack_stays_stopped_over_a_reboot()
    {
        await host.UpAsync(Before);
        await StackHost.EndAsync(host.Manager.Stop("p", [], null));
        Assert.False(host.Table.Governs(host.Engine.Find("p-db-1").Labels));
        await host.RestartAsync();
        host.Engine.Reboot();
        await host.ResumeAsync();
        Assert.Empty(host.Engine.Log);
    }

    [Fact]
    public async Task A_stack_that_is_up_governs_its_containers()
    {
        await host.UpAsync(Before);
        Assert.True(host.Table.Governs(host.Engine.Find("p-db-1").Labels));
        Assert.False(host.Table.Governs(new Dictionary<string, string>()));
    }

    /// <summary>The records of a killed daemon are those before the failure: it had no time to write that it failed.</summary>
    private async Task Killed(int changes, Func<StackJob> begin)
    {
        host.Engine.ChangesLeft = changes;
        StackJob job = begin();
        bool failed = (await StackHost.EndAsync(job))[^1] != "DONE";
        host.Engine.ChangesLeft = null;
        await host.RestartAsync(forgetFailure: failed);
    }

    private static string WithoutIds(string state) => System.Text.RegularExpressions.Regex.Replace(state, "anon-id[0-9]+", "anon");
}
