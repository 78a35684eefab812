using Argosy.Cli.Compose;
using Argosy.Cli.Containers;
using Argosy.Cli.Images;
using Argosy.Cli.Networks;
using Argosy.Cli.Registry;
using Argosy.Cli.System;
using Argosy.Cli.Volumes;

namespace Argosy.Cli.CommandLine;

/// <summary>All commands.</summary>
internal static class VerbTable
{
    /// <summary>The groups that commands are also found in, as Docker has them.</summary>
    public static IReadOnlyDictionary<string, string> Groups { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["builder"] = "Manage builds",
        ["compose"] = "Manage stacks of services described by compose files",
        ["container"] = "Manage containers",
        ["image"] = "Manage images",
        ["network"] = "Manage networks",
        ["system"] = "Manage Argosy",
        ["volume"] = "Manage volumes",
    };

    public static IReadOnlyList<Verb> All { get; } =
    [
        .. ContainerVerbs.All,
        .. ComposeVerbs.All,
        .. ImageVerbs.All,
        .. NetworkVerbs.All,
        .. VolumeVerbs.All,
        .. LoginCommand.All,
        .. SystemVerbs.All,
    ];

    /// <summary>The command that the line begins with, and how many words name it.</summary>
    public static (Verb Verb, int Length)? Find(IReadOnlyList<string> words)
    {
        for (int length = Math.Min(2, words.Count); length > 0; length--)
        {
            string path = string.Join(' ', words.Take(length));
            foreach (Verb verb in All)
            {
                if (verb.Path == path || verb.Aliases.Contains(path))
                    return (verb, length);
            }
        }
        return null;
    }
}
