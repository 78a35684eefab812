using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

public sealed class SettingsTests
{
    [Fact]
    public async Task Metadata_makes_no_layer_but_a_line_of_history_each()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync("""
            FROM base
            ENV B=1 C="two words" D=$A
            ARG V=default
            LABEL a=$V b='$V'
            USER app:app
            EXPOSE 80 5000-5001/udp
            VOLUME ["/data", "/x"]
            STOPSIGNAL SIGQUIT
            CMD echo hi
            HEALTHCHECK --interval=30s --retries=3 CMD true
            MAINTAINER Me
            SHELL ["/bin/bash", "-c"]
            ONBUILD RUN echo later
            """);
        Assert.Empty(image.Layers);
        Assert.Equal(
            [
                "base", "ENV B=1 C=two words D=base", "ARG V=default", "LABEL a=default b=$V", "USER app:app", "EXPOSE [5000/udp 5001/udp 80/tcp]",
                "VOLUME [/data /x]", "STOPSIGNAL SIGQUIT", "CMD [\"/bin/sh\" \"-c\" \"echo hi\"]",
                "HEALTHCHECK &{[\"CMD-SHELL\" \"true\"] \"30s\" \"0s\" \"0s\" \"0s\" '\\x03'}", "MAINTAINER Me", "SHELL [/bin/bash -c]", "ONBUILD RUN echo later",
            ], image.History);
        Assert.Equal(["PATH=/bin", "A=base", "B=1", "C=two words", "D=base"], image.Strings("Env"));
        Assert.Equal(["/bin/sh", "-c", "echo hi"], image.Strings("Cmd"));
        Assert.Equal("app:app", image.Config.GetProperty("User").GetString());
        Assert.Equal(["5000/udp", "5001/udp", "80/tcp"], image.Config.GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name));
        Assert.Equal(30_000_000_000, image.Config.GetProperty("Healthcheck").GetProperty("Interval").GetInt64());
        Assert.Equal("Me", image.Json.GetProperty("author").GetString());
        Assert.Equal(["RUN echo later"], image.Strings("OnBuild"));
    }

    [Fact]
    public async Task What_the_base_image_has_beyond_our_knowledge_stays()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync("FROM base\nENV X=1");
        Assert.Equal(1, image.Json.GetProperty("x-kept").GetInt32());
        Assert.Equal(5, image.Config.GetProperty("StopTimeout").GetInt32());
    }

    [Fact]
    public async Task An_entry_point_drops_an_inherited_command_but_not_one_of_this_stage()
    {
        await using var fixture = new BuildFixture();
        Assert.Empty((await fixture.BuildAsync("FROM base\nENTRYPOINT [\"x\"]")).Strings("Cmd"));
        Assert.Equal(["y"], (await fixture.BuildAsync("FROM base\nCMD [\"y\"]\nENTRYPOINT [\"x\"]")).Strings("Cmd"));
    }

    [Fact]
    public async Task Scratch_has_the_default_path() =>
        Assert.Equal(["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"], (await BuildOnScratch()).Strings("Env"));

    private static async Task<BuiltImage> BuildOnScratch()
    {
        await using var fixture = new BuildFixture();
        return await fixture.BuildAsync("FROM scratch\nLABEL a=b");
    }

    [Theory]
    [InlineData("FROM base\nARG V\nENV X=${V:-none}", "none")]
    [InlineData("ARG V=global\nFROM base\nENV X=${V:-none}", "none")]
    [InlineData("ARG V=global\nFROM base\nARG V\nENV X=$V", "global")]
    [InlineData("ARG V=global\nFROM base\nARG V=stage\nENV X=$V", "stage")]
    [InlineData("FROM base\nARG GIVEN\nENV X=$GIVEN", "value")]
    [InlineData("FROM base\nARG GIVEN=default\nENV X=$GIVEN", "value")]
    [InlineData("FROM base\nARG A=argument\nENV X=$A", "argument")]
    [InlineData("FROM base\nARG A=argument\nENV A=env\nENV X=$A", "env")]
    [InlineData("FROM base AS one\nARG A=argument\nFROM one\nENV X=$A", "base")]
    [InlineData("FROM base AS one\nARG V=inherited\nFROM one\nENV X=$V", "inherited")]
    [InlineData("FROM base\nARG A2=1 B2=${A2}2\nENV X=$B2", "12")]
    [InlineData("FROM base\nARG TARGETOS\nENV X=$TARGETOS", "linux")]
    [InlineData("FROM base\nENV X=old\nENV X=new Y=$X Z=$X", "new")]
    public async Task Arguments_and_environment_have_their_order(string dockerfile, string expected)
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync(dockerfile, request => request with { Arguments = new Dictionary<string, string?> { ["GIVEN"] = "value" } });
        Assert.Contains($"X={expected}", image.Strings("Env"));
    }

    [Fact]
    public async Task An_argument_that_nobody_declares_is_warned_of()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("FROM base\nLABEL a=b", request => request with { Arguments = new Dictionary<string, string?> { ["typo"] = "1", ["HTTP_PROXY"] = "p" } });
        Assert.Contains("[Warning] One or more build-args [typo] were not consumed", fixture.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_of_the_base_run_and_are_gone()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.With("a", "content").BuildAsync("FROM trigger\nENV X=1");
        Assert.Contains("FROM_TRIGGER=1", image.Strings("Env"));
        Assert.Equal("content", image.Read("from-trigger"));
        Assert.Empty(image.Strings("OnBuild"));
        Assert.Contains("# Executing 2 build triggers", fixture.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("FROM base\nSTOPSIGNAL SIGNOTHING", "line 2: Invalid signal: SIGNOTHING")]
    [InlineData("FROM base\nEXPOSE 70000", "line 2: invalid containerPort: 70000")]
    [InlineData("FROM base\nEXPOSE 90-80", "line 2: invalid range specified for port: 90-80")]
    [InlineData("FROM base\nENV X=${Y:?needed}", "line 2: failed to process \"${Y:?needed}\": Y: needed")]
    [InlineData("FROM $UNSET\nRUN x", "line 1: base name ($UNSET) should not be blank")]
    [InlineData("FROM nosuch", "pull access denied for nosuch")]
    [InlineData("FROM --platform=linux/s390x base", "argosy builds for")]
    public async Task Mistakes_name_their_line(string dockerfile, string expected)
    {
        await using var fixture = new BuildFixture();
        var exception = await Assert.ThrowsAsync<EngineException>(() => fixture.BuildAsync(dockerfile));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_requests_labels_come_last_and_unexpanded()
    {
        await using var fixture = new BuildFixture();
        BuiltImage image = await fixture.BuildAsync("FROM base\nLABEL a=1", request => request with { Labels = new Dictionary<string, string> { ["a"] = "$A 'x'" } });
        Assert.Equal("$A 'x'", image.Config.GetProperty("Labels").GetProperty("a").GetString());
    }
}
