namespace Argosy.Build.Syntax.Instructions;

/// <summary>COPY and ADD: brings files of the context, a stage, an image or a URL into the stage.</summary>
public sealed record CopyInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => IsAdd ? "ADD" : "COPY";

    /// <summary>True for ADD: archives are unpacked, URLs fetched.</summary>
    public required bool IsAdd { get; init; }

    /// <summary>Paths, patterns and (for ADD) URLs, unexpanded.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Files whose content is written in the Dockerfile.</summary>
    public required IReadOnlyList<Heredoc> Heredocs { get; init; }

    /// <summary>Where to; a trailing slash makes it a directory.</summary>
    public required string Destination { get; init; }

    /// <summary>A stage's name or number, or an image; null for the context.</summary>
    public string? From { get; init; }

    /// <summary><c>user[:group]</c> by name or number; null keeps the default.</summary>
    public string? Chown { get; init; }

    /// <summary>Mode, octal or symbolic; null keeps the source's.</summary>
    public string? Chmod { get; init; }

    /// <summary>Digest that a fetched URL must have.</summary>
    public string? Checksum { get; init; }

    /// <summary>Patterns of sources to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>True when the layer must not depend on what is below it.</summary>
    public bool Link { get; init; }

    /// <summary>True when the directories of a source's path are made below the destination.</summary>
    public bool Parents { get; init; }

    /// <summary>True when the <c>.git</c> of a repository is kept.</summary>
    public bool KeepGitDirectory { get; init; }

    /// <summary>Whether archives are unpacked; null unpacks those of the context and not those that are fetched.</summary>
    public bool? Unpack { get; init; }
}
