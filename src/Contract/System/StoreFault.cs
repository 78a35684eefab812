namespace Argosy.Contract.System;

/// <summary>One thing that is wrong in the image stores.</summary>
public sealed record StoreFault
{
    /// <summary>CorruptBlob, DamagedLayer, BrokenImage, BrokenSnapshot or Stray.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Which: a digest, an image's name or id, a container's id, a path.</summary>
    public string Subject { get; set; } = "";

    /// <summary>What is wrong.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Bytes on disk of it.</summary>
    public long Bytes { get; init; }

    /// <summary>What the repair did, or what is left to do; null when none was asked for.</summary>
    public string? Repair { get; init; }

    public bool IsRepaired { get; init; }
}
