namespace Argosy.Build.Syntax.Instructions;

/// <summary>A <c>RUN --mount</c>: files that are there while the command runs, and are no part of its layer.</summary>
public sealed record RunMount
{
    /// <summary>What is mounted.</summary>
    public RunMountType Type { get; init; }

    /// <summary>Where, absolute or relative to the working directory; null only for a secret or an agent with its default place.</summary>
    public string? Target { get; init; }

    /// <summary>The path within <see cref="From"/> or the context; null is all of it.</summary>
    public string? Source { get; init; }

    /// <summary>A stage, an image or a named context; null is the build context (a bind) or nothing (a cache).</summary>
    public string? From { get; init; }

    /// <summary>Whether the command can not write there. What it writes in a bind mount is thrown away.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Names a cache, a secret or an agent.</summary>
    public string Id { get; init; } = "";

    /// <summary>Who may use a cache at the same time.</summary>
    public CacheSharing Sharing { get; init; }

    /// <summary>Permissions of a new cache's directory or of a secret's file; null is the default.</summary>
    public int? Mode { get; init; }

    /// <summary>Owner of a new cache's directory or of a secret's file.</summary>
    public uint User { get; init; }

    /// <summary>Its group.</summary>
    public uint Group { get; init; }

    /// <summary>Whether a secret or an agent that the build was not given is an error.</summary>
    public bool Required { get; init; }

    /// <summary>The variable that holds a secret; null for a file only.</summary>
    public string? Variable { get; init; }

    /// <summary>Bytes of a tmpfs; null is the kernel's default.</summary>
    public long? Size { get; init; }
}
