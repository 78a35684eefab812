namespace Argosy.Images.Checks;

/// <summary>How thorough a check is, and what it does about what it finds.</summary>
public sealed record CheckOptions
{
    /// <summary>True: presence, sizes and references only; no content is read.</summary>
    public bool Quick { get; init; }

    /// <summary>True: removes strays, makes damaged layers anew, forgets what cannot be mended.</summary>
    public bool Repair { get; init; }
}
