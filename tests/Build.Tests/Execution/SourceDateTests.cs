using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

public sealed class SourceDateTests
{
    private const string Dockerfile = "FROM base\nCOPY a /a\nENV X=1\nRUN one";

    [Fact]
    public async Task The_image_and_all_of_its_history_are_of_that_time_and_older_lines_keep_theirs()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await BuildAsync(fixture, "1717245296");
        Assert.Equal("2024-06-01T12:34:56Z", image.Json.GetProperty("created").GetString());
        Assert.Equal(["2024-01-02T03:04:05Z", "2024-06-01T12:34:56Z", "2024-06-01T12:34:56Z", "2024-06-01T12:34:56Z"], Times(image));
        Assert.DoesNotContain("were not consumed", fixture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_the_base_image_that_are_later_get_that_time()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await BuildAsync(fixture, "0", "FROM base\nCMD [\"x\"]");
        Assert.Equal("1970-01-01T00:00:00Z", image.Json.GetProperty("created").GetString());
        Assert.All(Times(image), time => Assert.Equal("1970-01-01T00:00:00Z", time));
    }

    [Fact]
    public async Task A_result_of_another_time_is_not_taken_and_one_of_the_same_time_is()
    {
        await using var fixture = new BuildFixture();
        await BuildAsync(fixture, null);
        BuiltImage first = await BuildAsync(fixture, "1000");
        Assert.Equal(2, fixture.Runner.Commands.Count);
        BuiltImage second = await BuildAsync(fixture, "1000");
        Assert.Equal(2, fixture.Runner.Commands.Count);
        Assert.Equal(first.Id, second.Id);
        await BuildAsync(fixture, "1001");
        Assert.Equal(3, fixture.Runner.Commands.Count);
    }

    [Fact]
    public async Task Layers_are_told_the_time()
    {
        await using var fixture = new BuildFixture();
        await BuildAsync(fixture, "1000");
        Assert.Equal([DateTimeOffset.FromUnixTimeSeconds(1000), DateTimeOffset.FromUnixTimeSeconds(1000)], fixture.Images.Latest);
    }

    [Fact]
    public async Task A_step_sees_it_only_when_it_is_declared()
    {
        await using var fixture = new BuildFixture();
        await BuildAsync(fixture, "1000", "FROM base\nRUN one\nARG SOURCE_DATE_EPOCH\nRUN two");
        Assert.DoesNotContain("SOURCE_DATE_EPOCH=1000", fixture.Runner.Commands[0].Environment);
        Assert.Contains("SOURCE_DATE_EPOCH=1000", fixture.Runner.Commands[1].Environment);
    }

    [Theory]
    [InlineData("today")]
    [InlineData("1.5")]
    [InlineData("99999999999999")]
    public async Task What_is_no_time_is_refused(string text)
    {
        await using var fixture = new BuildFixture();
        EngineException refused = await Assert.ThrowsAsync<EngineException>(() => BuildAsync(fixture, text));
        Assert.Equal((ErrorKind.InvalidArgument, $"invalid SOURCE_DATE_EPOCH: {text}"), (refused.Kind, refused.Message));
    }

    private static Task<BuiltImage> BuildAsync(BuildFixture fixture, string? epoch, string dockerfile = Dockerfile) => fixture.With("a", "1").BuildAsync(
        dockerfile, request => request with { Arguments = epoch is null ? new Dictionary<string, string?>() : new Dictionary<string, string?> { ["SOURCE_DATE_EPOCH"] = epoch } });

    private static IEnumerable<string?> Times(BuiltImage image) => image.Json.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("created").GetString());
}
