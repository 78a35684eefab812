using Argosy.Core;

namespace Argosy.Images.Checks;

/// <summary>One thing that is wrong.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Subject">Which: a digest, an image's name or id, a snapshot's key, a path.</param>
/// <param name="Reason">What is wrong with it, as a person reads it.</param>
public sealed record Fault(FaultKind Kind, string Subject, string Reason)
{
    /// <summary>Bytes on disk of it.</summary>
    public long Bytes { get; init; }

    /// <summary>The blob, the layer's chain id, or the image's id.</summary>
    public Digest? Digest { get; init; }

    /// <summary>What the repair did, or why it could not; null when none was asked for.</summary>
    public string? Repair { get; init; }

    /// <summary>True when it is as it should be again.</summary>
    public bool IsRepaired { get; init; }
}
