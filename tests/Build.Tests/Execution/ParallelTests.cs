using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

public sealed class ParallelTests
{
    private const string Dockerfile = "FROM base AS one\nRUN one\nFROM base AS two\nRUN two\nFROM base\nCOPY --from=one /ran /one\nCOPY --from=two /ran /two";

    [Fact]
    public async Task Independent_stages_run_beside_each_other_and_read_as_if_they_had_not()
    {
        await using var fixture = new BuildFixture();
        var both = new TaskCompletionSource();
        int inside = 0;
        fixture.Runner.Before = (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref inside) == 2)
                both.SetResult();
            return both.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken);
        };
        BuiltImage image = await fixture.BuildAsync(Dockerfile);
        Assert.Equal(("/bin/sh -c one", "/bin/sh -c two"), (image.Read("one"), image.Read("two")));
        string[] steps = [.. fixture.Output.Split('\n').Where(line => line.StartsWith("Step ", StringComparison.Ordinal))];
        Assert.Equal(
            ["Step 1/7 : FROM base AS one", "Step 2/7 : RUN one", "Step 3/7 : FROM base AS two", "Step 4/7 : RUN two", "Step 5/7 : FROM base", "Step 6/7 : COPY --from=one /ran /one", "Step 7/7 : COPY --from=two /ran /two"],
            steps);
    }

    [Fact]
    public async Task A_failing_stage_stops_the_others_and_is_the_one_that_is_told()
    {
        await using var fixture = new BuildFixture();
        bool stopped = false;
        var begun = new TaskCompletionSource();
        fixture.Runner.Before = async (command, cancellationToken) =>
        {
            if (command.Arguments[^1] == "two")
            {
                await begun.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken);
                return;
            }
            begun.SetResult();
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(30), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                stopped = true;
                throw;
            }
        };
        fixture.Runner.Act = (_, _) => 5;
        var exception = await Assert.ThrowsAsync<BuildException>(() => fixture.BuildAsync(Dockerfile));
        Assert.Equal((5, true), (exception.ExitCode, stopped));
        Assert.Contains("Step 4/7 : RUN two", fixture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_may_need_a_stage_that_nothing_else_does()
    {
        await using var fixture = new BuildFixture();
        fixture.Images.AddBase("on-build", """{"architecture":"amd64","os":"linux","config":{"OnBuild":["COPY --from=extra /ran /extra"]},"rootfs":{"type":"layers","diff_ids":[]}}""");
        BuiltImage image = await fixture.BuildAsync("FROM base AS extra\nRUN extra\nFROM base AS unused\nRUN unused\nFROM on-build\nRUN last");
        Assert.Equal("/bin/sh -c extra", image.Read("extra"));
        Assert.Equal(2, fixture.Runner.Commands.Count);
    }

    [Fact]
    public async Task A_stage_may_be_kept_from_the_cache()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync(Dockerfile);
        await fixture.BuildAsync(Dockerfile, request => request with { NoCacheStages = ["two"] });
        Assert.Equal(["one", "two", "two"], fixture.Runner.Commands.Select(command => command.Arguments[^1]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Named_contexts_go_before_images_and_stages()
    {
        await using var fixture = new BuildFixture();
        string directory = Path.Combine(fixture.Directory, "named");
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "file"), "named");
        BuiltImage image = await fixture.BuildAsync(
            "FROM base AS one\nRUN one\nFROM debian\nCOPY --from=one /file /x\nRUN --mount=from=one,target=/m last",
            request => request with { Contexts = new Dictionary<string, NamedContext> { ["one"] = new() { Path = directory }, ["debian"] = new() { Image = "base" } } });
        Assert.Equal("named", image.Read("x"));
        Assert.Equal("last", Assert.Single(fixture.Runner.Commands).Arguments[^1]);
    }

    [Fact]
    public async Task A_stage_stands_on_the_files_of_a_named_context()
    {
        await using var fixture = new BuildFixture();
        string directory = Path.Combine(fixture.Directory, "root");
        Directory.CreateDirectory(Path.Combine(directory, "etc"));
        File.WriteAllText(Path.Combine(directory, "etc", "motd"), "hello");
        BuildRequest With(BuildRequest request) => request with { Contexts = new Dictionary<string, NamedContext> { ["one"] = new() { Path = directory } } };
        const string Dockerfile = "FROM one AS stage\nRUN step\nFROM stage\nENV A=b\n";
        BuiltImage image = await fixture.BuildAsync(Dockerfile, With);
        Assert.Equal("hello", image.Read("etc/motd"));
        Assert.Equal(["FROM one # context", "RUN /bin/sh -c step # buildkit", "ENV A=b"], image.History);
        Assert.Equal(2, image.Layers.Count);
        Assert.Equal("/", image.Config.GetProperty("WorkingDir").GetString());
        await fixture.BuildAsync(Dockerfile, With);
        Assert.Single(fixture.Runner.Commands);
        File.WriteAllText(Path.Combine(directory, "etc", "motd"), "changed");
        Assert.Equal("changed", (await fixture.BuildAsync(Dockerfile, With)).Read("etc/motd"));
        Assert.Equal(2, fixture.Runner.Commands.Count);
    }

    [Fact]
    public async Task An_empty_context_is_an_empty_root()
    {
        await using var fixture = new BuildFixture();
        string directory = Path.Combine(fixture.Directory, "root");
        Directory.CreateDirectory(directory);
        BuiltImage image = await fixture.BuildAsync("FROM one\nENV A=b\n", request => request with { Contexts = new Dictionary<string, NamedContext> { ["one"] = new() { Path = directory } } });
        Assert.Empty(image.Layers);
    }
}
