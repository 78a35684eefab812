using Argosy.Core;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Build.Execution;

/// <summary>A COPY or ADD with everything expanded and found; what is left is to do it.</summary>
internal sealed record CopyPlan
{
    /// <summary>Where the sources are.</summary>
    public required RootDirectory Root { get; init; }

    /// <summary>Files and directories below <see cref="Root"/>.</summary>
    public required IReadOnlyList<CopySource> Sources { get; init; }

    /// <summary>Files written in the Dockerfile, by name.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Texts { get; init; }

    /// <summary>Files fetched from URLs.</summary>
    public required IReadOnlyList<FetchedFile> Fetched { get; init; }

    /// <summary>Repositories that were checked out.</summary>
    public required IReadOnlyList<FetchedTree> Trees { get; init; }

    /// <summary>Absolute; says by its form whether it must be a directory.</summary>
    public required string Destination { get; init; }

    /// <summary>Whether the destination's form makes it a directory.</summary>
    public required bool IntoDirectory { get; init; }

    /// <summary>Whether archives among the sources are unpacked.</summary>
    public required bool Unpack { get; init; }

    /// <summary>Whether archives that were fetched are unpacked.</summary>
    public required bool UnpackFetched { get; init; }

    /// <summary><c>user[:group]</c> as written; null keeps 0:0 for the context, and the source's for a stage.</summary>
    public required string? Chown { get; init; }

    /// <summary>Permissions for all that is copied; null keeps the source's.</summary>
    public required PermissionChange? Chmod { get; init; }

    /// <summary>True when the sources are of the context: its owners do not count.</summary>
    public required bool IsContext { get; init; }

    /// <summary>Patterns of what is left out, below each source.</summary>
    public required IgnorePatterns? Exclude { get; init; }

    /// <summary>How many things are copied.</summary>
    public int Count => Sources.Count + Texts.Count + Fetched.Count + Trees.Count;

    /// <summary>The rules of copying for this owner; null keeps each file's own.</summary>
    public CopyOptions Options((uint User, uint Group)? owner) => new()
    {
        Owner = owner,
        Permissions = Chmod,
        IsExcluded = Exclude is { } patterns ? path => patterns.IsIgnored(path.ToString()) && !patterns.HasExceptions : _ => false,
    };
}
