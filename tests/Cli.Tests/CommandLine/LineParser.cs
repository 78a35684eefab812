using System.CommandLine;
using Argosy.Cli.CommandLine;

namespace Argosy.Cli.Tests.CommandLine;

/// <summary>Parses a line as the program does, without running it.</summary>
internal static class LineParser
{
    public static Invocation Parse(VerbCommand command, params string[] words)
    {
        var tokens = Tokens.Read(command, words);
        ParseResult result = command.Parse(tokens.ToList(), new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        Assert.Empty(result.Errors);
        return new Invocation(result, command);
    }
}
