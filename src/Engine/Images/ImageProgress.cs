using Argosy.Core;

namespace Argosy.Engine.Images;

/// <summary>One line of what a pull, push, load or import tells: what (a layer, a tag), what happens to it, how far.</summary>
public sealed record ImageProgress
{
    /// <summary>The first twelve digits of a layer, or a tag; null for a line of its own.</summary>
    public string? Id { get; init; }

    /// <summary>Docker's word for what is happening.</summary>
    public string? Status { get; init; }

    /// <summary>Free text, line ends included, instead of a status (load).</summary>
    public string? Text { get; init; }

    /// <summary>Bytes done; null for a line without a bar.</summary>
    public long? Current { get; init; }

    /// <summary>Bytes in all.</summary>
    public long Total { get; init; }

    /// <summary>What was pushed; the last line of a push.</summary>
    public (string Tag, Digest Digest, long Size)? Pushed { get; init; }
}
