using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

public sealed class SquashTests
{
    private const string Dockerfile = "FROM base AS first\nCOPY a /a\nFROM first\nCOPY b /b\nENV X=1\nRUN one";

    [Fact]
    public async Task What_the_last_stage_adds_is_one_layer_and_its_history_stays()
    {
        await using var fixture = new BuildFixture();
        BuiltImage plain = await fixture.With("a", "1").With("b", "2").BuildAsync(Dockerfile);
        BuiltImage squashed = await fixture.BuildAsync(Dockerfile, request => request with { Squash = true });
        Assert.Equal(plain.Layers[0], squashed.Layers[0]);
        Assert.Equal(2, squashed.Layers.Count);
        Assert.Equal("2", squashed.Read("b"));
        Assert.Equal([true, false, true, true, true, false], squashed.Json.GetProperty("history").EnumerateArray().Select(line => line.TryGetProperty("empty_layer", out _)));
        Assert.StartsWith($"merge {plain.Id} to sha256:", squashed.Json.GetProperty("history")[5].GetProperty("comment").GetString(), StringComparison.Ordinal);
        Assert.Equal(plain.Report.DiffIds, squashed.Report.DiffIds);
    }

    [Fact]
    public async Task An_image_made_of_nothing_is_one_layer_and_one_that_changes_nothing_has_none_more()
    {
        await using var fixture = new BuildFixture();
        fixture.With("a", "1").With("b", "2");
        BuiltImage scratch = await fixture.BuildAsync("FROM scratch\nCOPY a /a\nCOPY b /b", request => request with { Squash = true });
        Assert.StartsWith("create new from sha256:", scratch.Json.GetProperty("history")[2].GetProperty("comment").GetString(), StringComparison.Ordinal);
        Assert.Single(scratch.Layers);
        BuiltImage nothing = await fixture.BuildAsync("FROM base\nENV X=1", request => request with { Squash = true });
        Assert.Empty(nothing.Layers);
    }

    [Fact]
    public async Task The_same_time_gives_the_same_image()
    {
        await using var fixture = new BuildFixture();
        fixture.With("a", "1").With("b", "2");
        static BuildRequest Change(BuildRequest request) => request with { Squash = true, Arguments = new Dictionary<string, string?> { ["SOURCE_DATE_EPOCH"] = "1000" } };
        Assert.Equal((await fixture.BuildAsync(Dockerfile, Change)).Id, (await fixture.BuildAsync(Dockerfile, Change)).Id);
    }

    [Fact]
    public async Task It_has_no_place_for_a_cache_in_the_image()
    {
        await using var fixture = new BuildFixture();
        EngineException refused = await Assert.ThrowsAsync<EngineException>(() => fixture.BuildAsync(
            "FROM base", request => request with { Squash = true, Arguments = new Dictionary<string, string?> { ["BUILDKIT_INLINE_CACHE"] = "1" } }));
        Assert.Equal(ErrorKind.InvalidArgument, refused.Kind);
    }
}
