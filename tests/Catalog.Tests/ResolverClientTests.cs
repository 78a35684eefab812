using System.Net;
using Argosy.Catalog.Resolver;
using Argosy.Core;
using Argosy.Networks;
using Argosy.Networks.Companions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Argosy.Catalog.Tests;

/// <summary>The daemon's side, against resolvers that the test scripts.</summary>
public sealed class ResolverClientTests : ICompanionStarter, IAsyncLifetime
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("argosy-resolver-");
    private readonly SandboxDirectory directory = new();
    private readonly List<ScriptedResolver> started = [];
    private readonly Queue<Func<ResolverRequest, ResolverAnswer?>> scripts = new();
    private ResolverClient client = null!;

    private DaemonPaths Paths => new(root.FullName, root.FullName);

    private string Socket => Paths.CompanionSocket(ResolverProgram.Verb);

    ICompanionProcess ICompanionStarter.Start()
    {
        var resolver = new ScriptedResolver(Socket, "2") { Answer = scripts.TryDequeue(out var script) ? script : Done };
        started.Add(resolver);
        return resolver;
    }

    string ICompanionStarter.ReadLog() => "";

    public Task InitializeAsync()
    {
        client = Create();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await client.DisposeAsync();
        foreach (ScriptedResolver resolver in started)
            await resolver.DisposeAsync();
        root.Delete(recursive: true);
    }

    [Fact]
    public async Task Containers_without_names_need_no_resolver()
    {
        await client.ResetAsync([]);
        await client.AttachAsync(Sandbox("one", names: false));
        await client.StopAsync(default);
        Assert.Empty(started);
    }

    [Fact]
    public async Task The_first_is_part_of_the_whole_and_the_others_are_told_one_by_one()
    {
        Sandbox one = Sandbox("one"), two = Sandbox("two");
        await client.AttachAsync(one);
        await client.AttachAsync(two);
        await client.DetachAsync(one.Container);
        await client.DetachAsync(one.Container);
        ResolverRequest[] told = [.. Assert.Single(started).Told];
        Assert.Equal([one.Container], Whole(told[0]));
        var attached = Assert.IsType<ResolverRequest.Attach>(told[1]);
        Assert.Equal((two.Container, two.NamespacePath), (attached.Sandbox.Container, attached.Sandbox.NamespacePath));
        Assert.Equal(two.Endpoints[0].Address, attached.Sandbox.Endpoints[0].Address);
        Assert.Equal(two.Endpoints[0].DnsNames, attached.Sandbox.Endpoints[0].DnsNames);
        Assert.Equal(one.Container, Assert.IsType<ResolverRequest.Detach>(told[2]).Container);
        Assert.Equal(3, told.Length);
    }

    [Fact]
    public async Task One_that_dies_before_it_answers_is_replaced_and_the_next_is_told_everything()
    {
        scripts.Enqueue(request => request is ResolverRequest.Attach ? null : Done(request));
        Sandbox one = Sandbox("one"), two = Sandbox("two");
        await client.AttachAsync(one);
        directory.SetAnswering(one.Container, false);
        Task attaching = client.AttachAsync(two).AsTask();
        await attaching.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Contains(started.SelectMany(resolver => resolver.Told).OfType<ResolverRequest.Reset>(), reset =>
            reset.Sandboxes.Count == 2 && reset.Silent.SequenceEqual([one.Container]));
    }

    [Fact]
    public async Task A_change_of_health_is_passed_on_once_and_only_for_those_that_are_served()
    {
        Sandbox one = Sandbox("one");
        await client.AttachAsync(one);
        directory.SetAnswering(one.Container, false);
        directory.SetAnswering(one.Container, false);
        directory.SetAnswering(ContainerId.New(), false);
        await client.DetachAsync(one.Container);
        ResolverRequest[] told = [.. started[0].Told];
        Assert.Equal([typeof(ResolverRequest.Reset), typeof(ResolverRequest.SetAnswering), typeof(ResolverRequest.Detach)], told.Select(request => request.GetType()));
        Assert.Equal((one.Container, false, 0L), (((ResolverRequest.SetAnswering)told[1]).Container, ((ResolverRequest.SetAnswering)told[1]).Answering, told[1].Id));
    }

    [Fact]
    public async Task One_of_the_same_version_is_taken_over_and_told_what_there_is_now()
    {
        await using var running = new ScriptedResolver(Socket, "2");
        Sandbox one = Sandbox("one");
        await client.ResetAsync([one]);
        Assert.Empty(started);
        Assert.Equal([one.Container], Whole(Assert.Single(running.Told)));
    }

    [Fact]
    public async Task One_of_another_version_is_ended_when_its_successor_is_there()
    {
        await using var running = new ScriptedResolver(Socket, "1");
        Sandbox one = Sandbox("one");
        await client.ResetAsync([one]);
        Assert.IsType<ResolverRequest.End>(Assert.Single(running.Told));
        Assert.Equal([one.Container], Whole(Assert.Single(Assert.Single(started).Told)));
        Assert.True(running.HasEnded);
    }

    [Fact]
    public async Task One_that_is_left_from_before_learns_that_nothing_is_to_be_served()
    {
        await using var running = new ScriptedResolver(Socket, "2");
        await client.ResetAsync([]);
        await Eventually(() => running.Told.Count == 1);
        Assert.Empty(Whole(running.Told.First()));
    }

    [Fact]
    public async Task At_the_end_it_stays_for_those_that_run_and_goes_when_there_are_none()
    {
        Sandbox one = Sandbox("one");
        await client.AttachAsync(one);
        await client.StopAsync(default);
        Assert.DoesNotContain(started[0].Told, request => request is ResolverRequest.End);
        client = Create();
        await client.ResetAsync([]);
        await Eventually(() => started[0].Told.Count == 2);
        await client.StopAsync(default);
        Assert.IsType<ResolverRequest.End>(started[0].Told.Last());
        Assert.Single(started);
        Assert.False(File.Exists(Socket));
    }

    [Fact]
    public async Task A_name_server_that_cannot_be_opened_fails_the_start_and_a_taken_port_does_not()
    {
        Sandbox broken = Sandbox("broken"), taken = Sandbox("taken");
        scripts.Enqueue(request => Done(request) with
        {
            Problems = [new ServingProblem(broken.Container, PortTaken: false, "no such namespace"), new ServingProblem(taken.Container, PortTaken: true, "in use")],
        });
        await client.AttachAsync(taken);
        EngineException failure = await Assert.ThrowsAsync<EngineException>(() => client.AttachAsync(broken).AsTask());
        Assert.Contains("no such namespace", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_keeps_dying_is_not_started_in_a_loop()
    {
        for (int number = 0; number < 100; number++)
            scripts.Enqueue(_ => null);
        Task attaching = client.AttachAsync(Sandbox("one")).AsTask();
        await Assert.ThrowsAsync<EngineException>(() => attaching);
        // At once, at once again, then after 100, 200, 400, 800, 1600 ms: within the 5 s that a start waits.
        Assert.InRange(started.Count, 3, 8);
    }

    [Fact]
    public void The_control_socket_is_its_owners_alone()
    {
        using var socket = ControlSocket.Listen(Socket);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Socket));
        Assert.True(socket.IsInPlace);
        using var other = ControlSocket.Listen(Socket);
        Assert.Equal((false, true), (socket.IsInPlace, other.IsInPlace));
    }

    private static ResolverAnswer Done(ResolverRequest request) => new() { Id = request.Id };

    private static IEnumerable<ContainerId> Whole(ResolverRequest request) => Assert.IsType<ResolverRequest.Reset>(request).Sandboxes.Select(sandbox => sandbox.Container);

    private static async Task Eventually(Func<bool> condition)
    {
        for (int attempt = 0; !condition(); attempt++)
        {
            Assert.True(attempt < 2000, "it did not happen in time");
            await Task.Delay(5);
        }
    }

    private ResolverClient Create() => new(Paths, "2", this, directory, new NetworksOptions(), TimeProvider.System, NullLogger.Instance);

    private static Sandbox Sandbox(string name, bool names = true) => new()
    {
        Container = ContainerId.New(),
        ContainerName = name,
        Hostname = name,
        NamespacePath = "/nonexistent/" + name,
        Endpoints =
        [
            new Endpoint
            {
                Id = RandomId.Next(), Network = NetworkId.New(), NetworkName = "front", Address = IPAddress.Parse("10.1.2.3"), PrefixLength = 24, MacAddress = "02:42:0a:01:02:03",
                DnsNames = names ? [name] : [],
            },
        ],
    };
}
