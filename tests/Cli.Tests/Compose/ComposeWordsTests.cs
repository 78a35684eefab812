using Argosy.Cli.CommandLine;
using Argosy.Cli.Compose;

namespace Argosy.Cli.Tests.Compose;

public class ComposeWordsTests
{
    [Theory]
    [InlineData("compose up -d", "compose up -d")]
    [InlineData("compose -f a.yaml -f b.yaml up -d", "compose up --file=a.yaml --file=b.yaml -d")]
    [InlineData("compose -p x logs -f", "compose logs --project-name=x -f")]
    [InlineData("compose --profile=dev ps", "compose ps --profile=dev")]
    [InlineData("compose --help", "compose --help")]
    [InlineData("run -p 80:80 x", "run -p 80:80 x")]
    public void Options_before_the_verb_are_moved_behind_it(string words, string expected) =>
        Assert.Equal(expected, string.Join(' ', ComposeWords.Normalise(words.Split(' '))));

    [Theory]
    [InlineData("compose --bogus up", "unknown flag: --bogus")]
    [InlineData("compose -f", "flag needs an argument: -f")]
    public void What_is_no_option_of_a_project_is_refused(string words, string message) =>
        Assert.StartsWith(message, Assert.Throws<CliException>(() => ComposeWords.Normalise(words.Split(' '))).Message, StringComparison.Ordinal);
}
