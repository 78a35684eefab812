using Argosy.Cli.CommandLine;

namespace Argosy.Cli.Compose;

/// <summary>
/// Docker Compose takes the project's options before the verb: <c>compose -f a.yaml -p name logs -f</c>. They are moved behind it,
/// under their long names, because a verb may have the same short ones.
/// </summary>
internal static class ComposeWords
{
    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["-f"] = "--file",
        ["--file"] = "--file",
        ["-p"] = "--project-name",
        ["--project-name"] = "--project-name",
        ["--profile"] = "--profile",
        ["--env-file"] = "--env-file",
        ["--project-directory"] = "--project-directory",
    };

    public static string[] Normalise(string[] words)
    {
        if (words.Length < 2 || words[0] != "compose")
            return words;
        var moved = new List<string>();
        int next = 1;
        while (next < words.Length && words[next].StartsWith('-') && words[next] is not ("-h" or "--help"))
            Take(words, ref next, moved);
        return next < words.Length ? [words[0], words[next], .. moved, .. words[(next + 1)..]] : words;
    }

    private static void Take(string[] words, ref int next, List<string> moved)
    {
        string word = words[next++];
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? word : word[..equals];
        if (!LongNames.TryGetValue(name, out string? longName))
            throw new CliException($"unknown flag: {name}\n\nUsage:  argosy compose [OPTIONS] COMMAND\n\nRun 'argosy compose --help' for more information", UsageException.WrongOption);
        if (equals < 0 && next >= words.Length)
            throw new CliException($"flag needs an argument: {name}", UsageException.WrongOption);
        moved.Add($"{longName}={(equals < 0 ? words[next++] : word[(equals + 1)..])}");
    }
}
