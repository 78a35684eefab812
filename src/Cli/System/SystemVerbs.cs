using Argosy.Cli.CommandLine;

namespace Argosy.Cli.System;

/// <summary>The commands about the engine itself.</summary>
internal static class SystemVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new Verb("version", "Show the version information", VersionCommand.Create),
        new Verb("--version", "Print version information and quit", VersionCommand.CreateShort) { IsHidden = true },
    ];
}
