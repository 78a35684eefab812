using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Tests.Syntax;

public sealed class DockerfileParserTests
{
    private static T Only<T>(string instruction) where T : Instruction =>
        Assert.IsType<T>(Assert.Single(DockerfileParser.Parse("FROM scratch\n" + instruction).Stages[0].Instructions));

    private static string Error(string text) =>
        Assert.Throws<EngineException>(() => DockerfileParser.Parse(text)).Message;

    [Fact]
    public void Stages_names_and_global_arguments_are_told_apart()
    {
        Dockerfile dockerfile = DockerfileParser.Parse("ARG V=1\nFROM debian:$V AS Build\nRUN make\nfrom --platform=linux/amd64 scratch\nCOPY --from=build /a /b\n");
        Assert.Equal(new ArgDeclaration("V", "1"), Assert.Single(Assert.Single(dockerfile.GlobalArgs).Declarations));
        Assert.Equal(["build", null], dockerfile.Stages.Select(stage => stage.Name));
        Assert.Equal("debian:$V", dockerfile.Stages[0].From.Image);
        Assert.Equal("linux/amd64", dockerfile.Stages[1].From.Platform);
        Assert.Equal("build", Assert.IsType<CopyInstruction>(dockerfile.Stages[1].Instructions[0]).From);
        Assert.Equal(5, dockerfile.Stages[1].Instructions[0].Line);
    }

    [Fact]
    public void Continuation_lines_are_joined_and_comments_between_them_dropped()
    {
        RunInstruction run = Only<RunInstruction>("RUN a && \\\n  # why b\n\n  b && \\\r\n  c");
        Assert.Equal(["a &&   b &&   c"], run.Command.Arguments);
        Assert.Equal((2, 6), (run.Line, run.EndLine));
    }

    [Fact]
    public void An_escaped_escape_at_the_end_does_not_continue() =>
        Assert.Equal(["echo \\\\"], Only<RunInstruction>("RUN echo \\\\").Command.Arguments);

    [Fact]
    public void The_escape_directive_changes_the_continuation()
    {
        Dockerfile dockerfile = DockerfileParser.Parse("# syntax=docker/dockerfile:1\n# escape=`\nFROM scratch\nRUN dir `\n c:\\\n");
        Assert.Equal('`', dockerfile.Escape);
        Assert.Equal(["dir  c:\\"], Assert.IsType<RunInstruction>(dockerfile.Stages[0].Instructions[0]).Command.Arguments);
    }

    [Fact]
    public void A_directive_after_a_comment_is_a_comment() =>
        Assert.Equal('\\', DockerfileParser.Parse("# hello\n# escape=`\nFROM scratch").Escape);

    [Theory]
    [InlineData("RUN echo hi", "echo hi", true)]
    [InlineData("RUN [\"echo\", \"hi\"]", "echo|hi", false)]
    [InlineData("RUN [ -f x ]", "[ -f x ]", true)]
    [InlineData("RUN ['a']", "['a']", true)]
    [InlineData("run   echo   hi  ", "echo   hi", true)]
    public void Exec_and_shell_form_are_told_apart(string text, string arguments, bool shell)
    {
        CommandLine command = Only<RunInstruction>(text).Command;
        Assert.Equal((arguments, shell), (string.Join('|', command.Arguments), command.IsShellForm));
    }

    [Theory]
    [InlineData("ENV a=1 b=\"x y\" c='z'", "a=1|b=\"x y\"|c='z'")]
    [InlineData("ENV a x y  z", "a=x y  z")]
    [InlineData("ENV a=b\\ c d=e", "a=b\\ c|d=e")]
    public void Variables_have_a_new_and_an_old_form(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Only<EnvInstruction>(text).Variables.Select(pair => $"{pair.Key}={pair.Value}")));

    [Fact]
    public void Copy_takes_its_flags_sources_and_destination()
    {
        CopyInstruction copy = Only<CopyInstruction>("COPY --chown=app:app --chmod=755 --from=0 a b* /dest/");
        Assert.Equal(("app:app", "755", "0", "/dest/"), (copy.Chown, copy.Chmod, copy.From, copy.Destination));
        Assert.Equal(["a", "b*"], copy.Sources);
        Assert.Equal(["a b", "c"], Only<CopyInstruction>("COPY [\"a b\", \"c\", \"/d\"]").Sources);
    }

    [Fact]
    public void Here_documents_belong_to_their_instruction()
    {
        RunInstruction run = Only<RunInstruction>("RUN <<EOF cat\na $x\n# no comment\nEOF");
        Assert.Equal([new Heredoc("EOF", "a $x\n# no comment\n", Expand: true, Chomp: false)], run.Heredocs);
        CopyInstruction copy = Only<CopyInstruction>("COPY <<-'one' <<two c /d/\n\t\tx\n\tone\ny\ntwo");
        Assert.Equal(["x\n", "y\n"], copy.Heredocs.Select(heredoc => heredoc.Text));
        Assert.Equal([false, true], copy.Heredocs.Select(heredoc => heredoc.Expand));
        Assert.Equal(["c"], copy.Sources);
    }

    [Fact]
    public void Other_instructions_have_no_here_documents() =>
        Assert.Equal("<<x", Only<UserInstruction>("USER <<x").User);

    [Fact]
    public void Healthcheck_reads_its_options()
    {
        HealthcheckInstruction check = Only<HealthcheckInstruction>("HEALTHCHECK --interval=1m30s --timeout=500ms --retries=4 CMD curl -f http://localhost/ || exit 1");
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromMilliseconds(500), 4), (check.Interval, check.Timeout, check.Retries));
        Assert.Equal(["curl -f http://localhost/ || exit 1"], check.Command!.Arguments);
        Assert.Null(Only<HealthcheckInstruction>("HEALTHCHECK NONE").Command);
    }

    [Fact]
    public void Onbuild_keeps_the_instruction_as_text() =>
        Assert.Equal("RUN echo hi", Only<OnbuildInstruction>("ONBUILD   RUN echo hi").Trigger);

    [Theory]
    [InlineData("FROM a\nRUNN x", "dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)")]
    [InlineData("FROM a\nfrobnicate x", "dockerfile parse error on line 2: unknown instruction: frobnicate\n")]
    [InlineData("", "dockerfile parse error: file with no instructions")]
    [InlineData("ARG x", "dockerfile parse error: no build stage in current context")]
    [InlineData("RUN x", "on line 1: no build stage in current context")]
    [InlineData("FROM a b", "FROM requires either one or three arguments")]
    [InlineData("FROM a AS 1x", "invalid name for build stage: \"1x\", name can't start with a number or contain symbols")]
    [InlineData("FROM a\nCOPY x", "COPY requires at least two arguments, but only one was provided. Destination could not be determined")]
    [InlineData("FROM a\nCOPY --chwon=1 x y", "unknown flag: --chwon (did you mean --chown?)")]
    [InlineData("FROM a\nCOPY --from=a --from=b x y", "duplicate flag specified: --from")]
    [InlineData("FROM a\nCOPY --chown x y", "missing a value on flag: --chown")]
    [InlineData("FROM a\nRUN --mount=type=cash,target=/x y", "unsupported mount type \"cash\" (did you mean cache?)")]
    [InlineData("FROM a\nRUN --mount=type=cache y", "target is required for cache mounts")]
    [InlineData("FROM a\nRUN --mount=type=cache,target=/x,sharing=all y", "unsupported sharing value")]
    [InlineData("FROM a\nRUN --mount=targt=/x y", "unexpected key 'targt' in 'targt=/x' (did you mean target?)")]
    [InlineData("FROM a\nRUN --mount=from=$x,target=/x y", "variable expansion is not supported for from")]
    [InlineData("FROM a\nRUN --device=x y", "the flag RUN --device is not supported by argosy")]
    [InlineData("FROM a\nCMD [\"a\", 1]", "when using JSON array syntax, arrays must be comprised of strings only")]
    [InlineData("FROM a\nENV x", "ENV must have two arguments")]
    [InlineData("FROM a\nENV x=1 y", "Syntax error - can't find = in \"y\". Must be of the form: name=value")]
    [InlineData("FROM a\nENV", "ENV requires at least one argument")]
    [InlineData("FROM a\nLABEL =x", "LABEL names can not be blank")]
    [InlineData("FROM a\nARG =x", "ARG names can not be blank")]
    [InlineData("FROM a\nWORKDIR", "WORKDIR requires exactly one argument")]
    [InlineData("FROM a\nSHELL sh -c", "SHELL requires the arguments to be in JSON form, not: SHELL sh -c")]
    [InlineData("FROM a\nHEALTHCHECK NONE x", "HEALTHCHECK NONE takes no arguments")]
    [InlineData("FROM a\nHEALTHCHECK PING x", "Unknown type \"PING\" in HEALTHCHECK (try CMD)")]
    [InlineData("FROM a\nHEALTHCHECK CMD", "Missing command after HEALTHCHECK CMD")]
    [InlineData("FROM a\nHEALTHCHECK --interval=1 CMD x", "time: invalid duration \"1\"")]
    [InlineData("FROM a\nHEALTHCHECK --retries=-1 CMD x", "--retries cannot be negative (-1)")]
    [InlineData("FROM a\nONBUILD ONBUILD RUN x", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")]
    [InlineData("FROM a\nONBUILD FROM x", "FROM isn't allowed as an ONBUILD trigger")]
    [InlineData("FROM a\nVOLUME [\"\"]", "VOLUME specified can not be an empty string")]
    [InlineData("FROM a\nRUN <<EOF\nx", "on line 2: unterminated heredoc")]
    [InlineData("FROM a\nCOPY a <<EOF\nEOF", "COPY cannot accept a heredoc as a destination")]
    [InlineData("# escape=x\nFROM a", "on line 1: invalid escape token 'x' does not match ` or \\")]
    [InlineData("# escape=`\n# escape=`\nFROM a", "on line 2: only one escape parser directive can be used")]
    public void Mistakes_get_Dockers_words(string text, string expected) =>
        Assert.Contains(expected, Error(text), StringComparison.Ordinal);

    [Fact]
    public void The_error_shows_the_lines_around_it() =>
        Assert.EndsWith("""
            Dockerfile:3
            --------------------
               1 |     FROM a
               2 |     RUN x
               3 | >>> CPOY a \
               4 | >>>   b
               5 |     CMD c
            --------------------
            """, Error("FROM a\nRUN x\nCPOY a \\\n  b\nCMD c"), StringComparison.Ordinal);

    [Fact]
    public void Empty_continuation_lines_are_warned_of() =>
        Assert.Equal(4, Assert.Single(DockerfileParser.Parse("FROM a\nRUN a \\\n\n b").EmptyContinuations));

    [Theory]
    [InlineData("0", "0s")]
    [InlineData("1m30s", "1m30s")]
    [InlineData("1.5h", "1h30m0s")]
    [InlineData("250ms", "250ms")]
    public void Durations_are_Gos(string text, string printed)
    {
        Assert.True(GoDuration.TryParse(text, out TimeSpan duration));
        Assert.Equal(printed, GoDuration.Format(duration));
    }
}
