using Argosy.Build.Syntax.Instructions;
using Argosy.Linux.Copying;

namespace Argosy.Build.Execution;

/// <summary>A COPY or ADD after expansion.</summary>
internal sealed record ExpandedCopy
{
    /// <summary>All sources, in order.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Those that are paths or patterns.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Those that are URLs.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Those that are git repositories.</summary>
    public required IReadOnlyList<GitReference> Repositories { get; init; }

    /// <summary>Here-documents by name.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Texts { get; init; }

    /// <summary>Absolute.</summary>
    public required string Destination { get; init; }

    /// <summary>As written.</summary>
    public required string WrittenDestination { get; init; }

    /// <summary>Whether the destination is a directory by its form.</summary>
    public required bool IntoDirectory { get; init; }

    public required string? Chown { get; init; }

    /// <summary>As written; <see cref="Permissions"/> is what it means.</summary>
    public required string? Chmod { get; init; }

    public required PermissionChange? Permissions { get; init; }

    public required string? Checksum { get; init; }

    public required IReadOnlyList<string> Exclude { get; init; }

    /// <summary>The line of history.</summary>
    public string History(CopyInstruction instruction)
    {
        var words = new List<string> { instruction.Name };
        if (Chown is not null)
            words.Add($"--chown={Chown}");
        if (Chmod is not null)
            words.Add($"--chmod={Chmod}");
        words.AddRange(Exclude.Select(pattern => $"--exclude={pattern}"));
        words.AddRange(Sources);
        words.AddRange(Texts.Select(text => "<<" + text.Key));
        return string.Join(' ', [.. words, WrittenDestination, "# buildkit"]);
    }
}
