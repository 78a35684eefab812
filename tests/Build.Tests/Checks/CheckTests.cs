using Argosy.Build.Checks;
using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Checks;

public class CheckTests
{
    private const string Bad = "FROM base AS Tools\nCMD run\n";

    [Fact]
    public async Task A_build_tells_its_warnings_before_the_image()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync(Bad);
        Assert.Contains("""

             2 warnings found:
             - StageNameCasing: Stage name 'Tools' should be lowercase (line 1)
            Dockerfile:1
            --------------------
               1 | >>> FROM base AS Tools
               2 |     CMD run
               3 |     
            --------------------
             - JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals (line 2)
            Dockerfile:2
            --------------------
               1 |     FROM base AS Tools
               2 | >>> CMD run
               3 |     
            --------------------
            Successfully built 
            """, fixture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_build_says_nothing()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("FROM base\nCMD [\"run\"]\n");
        Assert.DoesNotContain("warning", fixture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_build_tells_them_too()
    {
        await using var fixture = new BuildFixture();
        fixture.Runner.Act = (_, _) => 3;
        await Assert.ThrowsAsync<BuildException>(() => fixture.BuildAsync("FROM base\nMAINTAINER x\nRUN fails\n"));
        Assert.Contains("MaintainerDeprecated", fixture.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# check=error=true\n", null)]
    [InlineData("", "error=true")]
    [InlineData("# check=skip=all\n", "error=true")]
    [InlineData("# check=skip=NoSuchRule;error=true\n", null)]
    public async Task Warnings_can_fail_a_build_before_anything_runs(string head, string? argument)
    {
        await using var fixture = new BuildFixture();
        EngineException failure = await Assert.ThrowsAsync<EngineException>(() => fixture.BuildAsync(head + Bad + "RUN never\n", request => With(request, argument)));
        Assert.Equal("lint violation found for rules: JSONArgsRecommended, StageNameCasing", failure.Message);
        Assert.Contains("2 warnings found", fixture.Output, StringComparison.Ordinal);
        Assert.Empty(fixture.Runner.Commands);
    }

    [Fact]
    public async Task What_is_an_error_without_a_warning_fails_nothing()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("# check=error=true;skip=StageNameCasing,JSONArgsRecommended\n" + Bad);
        Assert.Contains("Successfully built", fixture.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("error", "failed to parse check options: invalid check option \"error\"")]
    [InlineData("skp=all", "failed to parse check options: invalid check option \"skp\"")]
    [InlineData("error=maybe", "failed to parse check options: failed to parse check option \"error=maybe\": strconv.ParseBool: parsing \"maybe\": invalid syntax")]
    public async Task Options_that_are_none_are_refused(string options, string message)
    {
        await using var fixture = new BuildFixture();
        EngineException failure = await Assert.ThrowsAsync<EngineException>(() => fixture.BuildAsync($"# check={options}\nFROM base\n"));
        Assert.Equal((ErrorKind.InvalidArgument, message), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Experimental_rules_have_to_be_asked_for()
    {
        await using var fixture = new BuildFixture();
        const string Dockerfile = "# not about it\nARG A=1\nFROM base\n";
        Assert.Empty(fixture.Check(Dockerfile).Warnings);
        Assert.Single(fixture.Check("# check=experimental=InvalidDefinitionDescription;skip=all\n" + Dockerfile).Warnings);
        Assert.Empty(fixture.Check("# check=experimental=all\nARG A=1\nFROM base\n").Warnings);
    }

    [Fact]
    public async Task The_argument_is_no_argument_of_the_image()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("FROM base\n", request => With(request, "skip=all"));
        Assert.DoesNotContain("were not consumed", fixture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stages_that_are_not_built_are_only_looked_at_by_a_check_without_a_target()
    {
        await using var fixture = new BuildFixture();
        const string Dockerfile = "FROM base AS a\nENV X=$NOWHERE\nFROM base AS b\nENV Y=1\n";
        await fixture.BuildAsync(Dockerfile);
        Assert.DoesNotContain("UndefinedVar", fixture.Output, StringComparison.Ordinal);
        Assert.Empty(fixture.Check(Dockerfile, request => request with { Target = "b" }).Warnings);
        Assert.Single(fixture.Check(Dockerfile).Warnings);
    }

    [Fact]
    public async Task Variables_of_the_base_image_its_triggers_and_stages_below_are_known()
    {
        await using var fixture = new BuildFixture();
        Assert.Empty(fixture.Check("FROM base AS x\nENV B=$A:$PATH\nARG C=1\nFROM x\nENV D=$B$C\n").Warnings);
        Assert.Empty(fixture.Check("FROM trigger\nENV X=$FROM_TRIGGER\n").Warnings);
        Assert.Single(fixture.Check("FROM scratch\nENV X=$PATH$A\n").Warnings);
    }

    [Fact]
    public async Task Of_an_image_that_is_not_here_no_variable_is_undefined()
    {
        await using var fixture = new BuildFixture();
        Assert.Empty(fixture.Check("FROM elsewhere AS x\nENV X=$UNKNOWN\nFROM x\nWORKDIR $HOME/x\n").Warnings);
    }

    [Fact]
    public async Task An_argument_that_is_given_stands_in_for_its_default()
    {
        await using var fixture = new BuildFixture();
        Assert.Empty(fixture.Check("FROM base\nARG A=$B\n", request => request with { Arguments = new Dictionary<string, string?> { ["A"] = "1" } }).Warnings);
    }

    [Fact]
    public async Task Where_an_ignored_directory_may_hold_files_nothing_is_said_of_a_path()
    {
        await using var fixture = new BuildFixture();
        fixture.With(".dockerignore", "dir\n!dir/kept\n").With("dir/kept", "x");
        Assert.Empty(fixture.Check("FROM base\nCOPY dir /x\n").Warnings);
    }

    [Fact]
    public async Task A_check_refuses_what_a_build_refuses()
    {
        await using var fixture = new BuildFixture();
        Assert.Contains("unknown instruction: RNU", Assert.Throws<EngineException>(() => fixture.Check("FROM base\nRNU x\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_asks_for_the_graph_gets_them_with_their_place()
    {
        await using var fixture = new BuildFixture { Traces = true };
        await fixture.BuildAsync("FROM base\nCMD run\n");
        BuildNotice notice = Assert.Single(fixture.Traced.SelectMany(trace => trace.Warnings));
        Assert.Equal("JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals (line 2)", notice.Text);
        Assert.Equal("https://docs.docker.com/go/dockerfile/rule/json-args-recommended/", notice.Url);
        Assert.Equal(("Dockerfile", 2, 2), (notice.Place!.Value.FileName, notice.Place.Value.First, notice.Place.Value.Last));
        Assert.Equal("", fixture.Output);
    }

    private static BuildRequest With(BuildRequest request, string? options) =>
        options is null ? request : request with { Arguments = new Dictionary<string, string?> { ["BUILDKIT_DOCKERFILE_CHECK"] = options } };
}
