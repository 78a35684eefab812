using System.CommandLine;
using Argosy.Cli.CommandLine;

namespace Argosy.Cli.Tests.CommandLine;

public class TokensTests
{
    private readonly Option<bool> interactive = Flag.Bool("--interactive", "", "-i");
    private readonly Option<bool> tty = Flag.Bool("--tty", "", "-t");
    private readonly Option<string[]> environment = Flag.List("--env", "", "-e");
    private readonly Option<string?> entrypoint = Flag.Text("--entrypoint", "");
    private readonly Option<int?> timeout = Flag.Int("--timeout", "");

    private VerbCommand Command(bool interspersed = false)
    {
        var command = new VerbCommand("", "") { IsInterspersed = interspersed };
        foreach (Option option in (IEnumerable<Option>)[interactive, tty, environment, entrypoint, timeout])
            command.Add(option);
        return command.Runs((_, _) => Task.FromResult(0));
    }

    private Invocation Parse(params string[] words) => LineParser.Parse(Command(), words);

    [Fact]
    public void Options_end_at_the_first_argument()
    {
        Invocation line = Parse("-i", "busybox", "ls", "-t", "--env", "A=b", "--", "-x");

        Assert.True(line.Get(interactive));
        Assert.False(line.Get(tty));
        Assert.Equal(["busybox", "ls", "-t", "--env", "A=b", "--", "-x"], line.Arguments);
    }

    [Fact]
    public void Options_and_arguments_mix_where_the_command_allows_it()
    {
        Invocation line = LineParser.Parse(Command(interspersed: true), "web", "-i", "db", "--", "-t");

        Assert.True(line.Get(interactive));
        Assert.Equal(["web", "db", "-t"], line.Arguments);
    }

    [Theory]
    [InlineData("-it")]
    [InlineData("-i=true", "--tty=1")]
    [InlineData("-ti")]
    public void Short_options_bundle(params string[] words)
    {
        Invocation line = Parse(words);

        Assert.True(line.Get(interactive) && line.Get(tty));
    }

    [Theory]
    [InlineData("-eA=b")]
    [InlineData("-e", "A=b")]
    [InlineData("-e=A=b")]
    [InlineData("--env=A=b")]
    [InlineData("--env", "A=b")]
    [InlineData("-ieA=b")]
    public void A_value_may_be_joined_or_follow(params string[] words) => Assert.Equal(["A=b"], Parse(words).GetAll(environment));

    [Fact]
    public void Values_may_look_like_options_and_files_and_be_empty()
    {
        Invocation line = Parse("-e", "-x", "-e", "@file", "-e", "", "-e", "--tty", "--entrypoint", "");

        Assert.Equal(["-x", "@file", "", "--tty"], line.GetAll(environment));
        Assert.True(line.Has(entrypoint));
        Assert.Equal("", line.Get(entrypoint));
        Assert.False(line.Get(tty));
    }

    [Fact]
    public void The_last_value_of_a_single_option_wins() => Assert.Equal("c", Parse("--entrypoint", "a", "--entrypoint", "", "--entrypoint=c").Get(entrypoint));

    [Theory]
    [InlineData("unknown flag: --nope", "--nope")]
    [InlineData("unknown shorthand flag: 'z' in -iz", "-iz")]
    [InlineData("flag needs an argument: --env", "--env")]
    [InlineData("flag needs an argument: 'e' in -e", "-e")]
    [InlineData("invalid argument \"x\" for \"--timeout\" flag: strconv.ParseInt: parsing \"x\": invalid syntax", "--timeout", "x")]
    [InlineData("invalid argument \"yes\" for \"-t, --tty\" flag: strconv.ParseBool: parsing \"yes\": invalid syntax", "--tty=yes")]
    public void Mistakes_are_named_in_dockers_words(string message, params string[] words) =>
        Assert.Equal(message, Assert.Throws<UsageException>(() => Parse(words)).Message);

    [Fact]
    public void Help_is_not_an_argument_of_the_command() => Assert.True(Tokens.Read(Command(), ["-i", "--help"]).WantsHelp);
}
