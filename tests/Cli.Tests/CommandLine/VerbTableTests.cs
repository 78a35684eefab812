using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.Tests.CommandLine;

public class VerbTableTests
{
    [Theory]
    [InlineData("run", 1, "run", "--rm", "busybox")]
    [InlineData("run", 2, "container", "run", "busybox")]
    [InlineData("ps", 2, "container", "ls")]
    [InlineData("images", 2, "image", "ls")]
    [InlineData("network rm", 2, "network", "remove", "x")]
    [InlineData("info", 2, "system", "info")]
    public void A_command_is_found_by_its_names(string path, int length, params string[] words)
    {
        (Verb verb, int taken) = VerbTable.Find(words)!.Value;

        Assert.Equal((path, length), (verb.Path, taken));
    }

    [Fact]
    public void No_name_has_two_commands() =>
        Assert.Empty(VerbTable.All.SelectMany(verb => verb.Paths).GroupBy(path => path).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public async Task Every_command_can_be_built_and_has_no_option_twice()
    {
        await using var session = new CliSession(new GlobalOptions(), new StandardStreams(Stream.Null, Stream.Null, Stream.Null));

        foreach (Verb verb in VerbTable.All)
        {
            VerbCommand command = verb.Create(session);
            IEnumerable<string> names = command.Options.SelectMany(option => option.Aliases.Append(option.Name));
            Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => $"{verb.Path} {group.Key}"));
            Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), $"{verb.Path} {option.Name}"));
        }
    }
}
