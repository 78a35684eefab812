using Argosy.Build.Cache;
using Argosy.Build.Tests.Fakes;

namespace Argosy.Build.Tests.Execution;

public sealed class CacheTests
{
    private const string Dockerfile = "FROM base\nCOPY a /a\nRUN one\nENV X=1\nRUN two";

    [Fact]
    public async Task The_same_build_again_runs_nothing_and_gives_the_same_image()
    {
        await using var fixture = new BuildFixture();
        BuiltImage first = await fixture.With("a", "1").BuildAsync(Dockerfile);
        int opened = fixture.Images.Opened;
        BuiltImage second = await fixture.BuildAsync(Dockerfile);
        Assert.Equal(first.Id, second.Id);
        Assert.Equal(2, fixture.Runner.Commands.Count);
        Assert.Equal(opened, fixture.Images.Opened);
        Assert.Equal(3, fixture.Output.Split(" ---> Using cache\n").Length - 1);
    }

    [Theory]
    [InlineData(Dockerfile, 2)]
    [InlineData("FROM base\nLABEL new=1\nCOPY a /a\nRUN one\nENV X=1\nRUN two", 2)]
    [InlineData("FROM base\nCOPY a /a\nRUN one\nENV X=2\nRUN two", 3)]
    [InlineData("FROM base\nCOPY a /b\nRUN one\nENV X=1\nRUN two", 4)]
    [InlineData("FROM base\nCOPY --chmod=600 a /a\nRUN one\nENV X=1\nRUN two", 4)]
    [InlineData("FROM base\nCOPY a /a\nRUN one\nENV X=1\nUSER app\nRUN two", 3)]
    [InlineData("FROM base\nCOPY a /a\nRUN one\nENV X=1\nWORKDIR /\nRUN two", 2)]
    [InlineData("FROM base\nCOPY a /a\nRUN one\nENV X=1\nRUN --network=none two", 3)]
    public async Task What_decides_a_steps_result_is_in_its_key(string changed, int runs)
    {
        await using var fixture = new BuildFixture();
        await fixture.With("a", "1").BuildAsync(Dockerfile);
        await fixture.BuildAsync(changed);
        Assert.Equal(runs, fixture.Runner.Commands.Count);
    }

    [Fact]
    public async Task Content_counts_and_times_do_not()
    {
        await using var fixture = new BuildFixture();
        await fixture.With("a", "1").With("unused", "1").BuildAsync(Dockerfile);
        await fixture.With("a", "1").With("unused", "2").BuildAsync(Dockerfile);
        Assert.Equal(2, fixture.Runner.Commands.Count);
        await fixture.With("a", "2").BuildAsync(Dockerfile);
        Assert.Equal(4, fixture.Runner.Commands.Count);
    }

    [Fact]
    public async Task No_cache_runs_everything_and_later_steps_follow_the_new_result()
    {
        await using var fixture = new BuildFixture();
        int time = 0;
        fixture.Runner.Act = (root, _) =>
        {
            File.WriteAllText(Path.Combine(root, "time"), $"{time++}");
            return 0;
        };
        await fixture.With("a", "1").BuildAsync(Dockerfile);
        BuiltImage second = await fixture.BuildAsync(Dockerfile, request => request with { NoCache = true });
        Assert.Equal("3", second.Read("time"));
        BuiltImage third = await fixture.BuildAsync(Dockerfile);
        Assert.Equal(second.Id, third.Id);
    }

    [Fact]
    public async Task A_result_whose_layers_are_gone_is_made_again()
    {
        await using var fixture = new BuildFixture();
        BuiltImage first = await fixture.With("a", "1").BuildAsync(Dockerfile);
        fixture.Images.Forget(first.Layers);
        BuiltImage second = await fixture.BuildAsync(Dockerfile);
        Assert.Equal(3, fixture.Runner.Commands.Count);
        Assert.Equal(first.Layers, second.Layers);
    }

    [Fact]
    public async Task Copying_from_a_stage_that_was_rebuilt_to_the_same_files_is_a_hit()
    {
        await using var fixture = new BuildFixture();
        const string Text = "FROM base AS b\nRUN make\nRUN noise\nFROM base\nCOPY --from=b /ran /x\nRUN after";
        int noise = 0;
        fixture.Runner.Act = (root, command) =>
        {
            File.WriteAllText(Path.Combine(root, "ran"), "same");
            File.WriteAllText(Path.Combine(root, "noise"), $"{noise++}");
            return 0;
        };
        await fixture.BuildAsync(Text);
        await fixture.BuildAsync(Text.Replace("RUN noise", "RUN noise again", StringComparison.Ordinal));
        Assert.Equal(4, fixture.Runner.Commands.Count);
    }

    [Fact]
    public async Task A_step_that_changes_nothing_makes_no_layer_and_is_remembered()
    {
        await using var fixture = new BuildFixture();
        fixture.Runner.Act = (_, _) => 0;
        BuiltImage image = await fixture.BuildAsync("FROM base\nRUN true");
        await fixture.BuildAsync("FROM base\nRUN true");
        Assert.Empty(image.Layers);
        Assert.Single(fixture.Runner.Commands);
    }

    [Fact]
    public async Task Proxy_settings_reach_the_step_but_not_its_key_nor_the_image()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("FROM base\nRUN x", request => request with { Arguments = new Dictionary<string, string?> { ["http_proxy"] = "http://one" } });
        BuiltImage image = await fixture.BuildAsync("FROM base\nRUN x", request => request with { Arguments = new Dictionary<string, string?> { ["http_proxy"] = "http://two" } });
        Assert.Contains("http_proxy=http://one", Assert.Single(fixture.Runner.Commands).Environment);
        Assert.DoesNotContain("http://", image.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_builds_at_once_run_a_common_step_once()
    {
        await using var fixture = new BuildFixture();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.BuildAsync("FROM base\nRUN x")));
        Assert.Single(fixture.Runner.Commands);
    }

    [Fact]
    public async Task Pruning_forgets_results()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("FROM base\nRUN x");
        Assert.Equal("RUN /bin/sh -c x # buildkit", Assert.Single(fixture.Cache.Entries).Description);
        Assert.Single(fixture.Cache.LayersInUse);
        await fixture.Cache.PruneAsync(new BuildPrune());
        Assert.Empty(fixture.Cache.LayersInUse);
        await fixture.BuildAsync("FROM base\nRUN x");
        Assert.Equal(2, fixture.Runner.Commands.Count);
    }
}
