using Argosy.Cli.Session;

namespace Argosy.Cli.CommandLine;

/// <summary>One command of the program. Its options are built only when it is the one that was asked for: start-up time counts.</summary>
/// <param name="Path">The words that name it: <c>run</c>, <c>container ls</c>.</param>
/// <param name="Summary">One line for the list of commands.</param>
/// <param name="Create">Builds its options and arguments.</param>
internal sealed record Verb(string Path, string Summary, Func<CliSession, VerbCommand> Create)
{
    /// <summary>Other paths to the same command, for example <c>container run</c>; they are listed in their group.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Not in the list of commands.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Every path of this command.</summary>
    public IEnumerable<string> Paths => Aliases.Prepend(Path);
}
