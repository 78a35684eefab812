using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

public sealed class StageTests
{
    private const string ThreeStages = """
        FROM base AS one
        RUN make one
        FROM base AS two
        RUN make two
        FROM base
        COPY --from=one /ran /copied
        """;

    [Fact]
    public async Task Stages_that_the_target_does_not_need_are_skipped()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync(ThreeStages);
        Assert.Equal("/bin/sh -c make one", image.Read("copied"));
        Assert.Equal(["/bin/sh -c make one"], fixture.Runner.Commands.Select(command => string.Join(' ', command.Arguments)));
        Assert.Contains("Step 4/4 : COPY", fixture.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two", "make two")]
    [InlineData("TWO", "make two")]
    [InlineData("0", "make one")]
    public async Task The_target_is_a_name_or_a_number(string target, string expected)
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync(ThreeStages, request => request with { Target = target });
        Assert.EndsWith(expected, Assert.Single(fixture.Runner.Commands).Arguments[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FROM base\nLABEL a=b", "nosuch", "failed to reach build target nosuch in Dockerfile")]
    [InlineData("FROM base\nCOPY --from=0 a b", null, "invalid from flag value 0")]
    [InlineData("FROM base AS x\nARG V\nCOPY --from=$V a b", null, "variable expansion is not supported for --from")]
    public async Task Wrong_references_are_named(string dockerfile, string? target, string expected)
    {
        await using var fixture = new BuildFixture();
        var exception = await Assert.ThrowsAsync<EngineException>(() => fixture.BuildAsync(dockerfile, request => request with { Target = target }));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_on_a_stage_inherits_its_image()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync("FROM base AS one\nENV X=1\nRUN a\nFROM one\nRUN b");
        Assert.Contains("X=1", image.Strings("Env"));
        Assert.Equal(2, image.Layers.Count);
    }

    [Fact]
    public async Task Run_shows_its_output_and_its_arguments_in_the_history()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync("FROM base\nARG V=1\nARG UNSET\nRUN echo $V\nRUN [\"exec\", \"form\"]");
        Assert.Equal(["RUN |2 V=1 UNSET= /bin/sh -c echo $V # buildkit", "RUN |2 V=1 UNSET= exec form # buildkit"], image.History[^2..]);
        Assert.Contains("out é\n", fixture.Output, StringComparison.Ordinal);
        Assert.Contains("V=1", fixture.Runner.Commands[0].Environment);
        Assert.Contains(" ---> Running in 0123456789ab\n", fixture.Output, StringComparison.Ordinal);
        Assert.EndsWith($"Successfully built {image.Id.Short}\n", fixture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_step_shows_the_images_id()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync("FROM base\nRUN a\nCMD [\"b\"]");
        Assert.Contains($" ---> {image.Id.Short}\nSuccessfully built", fixture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_command_ends_the_build_with_its_code()
    {
        await using var fixture = new BuildFixture();
        fixture.Runner.Act = (_, _) => 3;
        var exception = await Assert.ThrowsAsync<BuildException>(() => fixture.BuildAsync("FROM base\nRUN false\nRUN never"));
        Assert.Equal(("The command '/bin/sh -c false' returned a non-zero code: 3", 3), (exception.Message, exception.ExitCode));
        Assert.Single(fixture.Runner.Commands);
        Assert.Empty(fixture.Images.Created);
    }

    [Theory]
    [InlineData("RUN <<EOF\necho a\necho b\nEOF", "/bin/sh -c echo a\necho b\n")]
    [InlineData("RUN cat <<EOF > /x\na\nEOF", "/bin/sh -c cat <<EOF > /x\na\nEOF")]
    [InlineData("RUN <<EOF\n#!/usr/bin/python3\nprint()\nEOF", "/dev/pipes/EOF")]
    public async Task Here_documents_reach_the_shell(string instruction, string expected)
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("FROM base\n" + instruction);
        Assert.Equal(expected, string.Join(' ', fixture.Runner.Commands[0].Arguments));
    }

    [Fact]
    public async Task Working_directories_add_up_and_are_made()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync("FROM base\nWORKDIR /a/./b\nWORKDIR ../c\nRUN x");
        Assert.Equal("/a/c", image.Config.GetProperty("WorkingDir").GetString());
        Assert.True(image.Has("a/b") && image.Has("a/c"));
        Assert.Equal("/a/c", fixture.Runner.Commands[0].WorkingDirectory);
        Assert.Equal(["WORKDIR /a/b", "WORKDIR /a/c"], image.History[^3..^1]);
    }
}
