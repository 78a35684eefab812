using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>What a search looks for, and which of the results are wanted.</summary>
public sealed record ImageSearch
{
    /// <summary>How many results there are when nobody says (dockerd's default).</summary>
    public const int DefaultLimit = 25;

    /// <summary>The words; not empty.</summary>
    public required string Term { get; init; }

    /// <summary>The most results, 1 to 100.</summary>
    public int Limit { get; init; } = DefaultLimit;

    /// <summary>Only official repositories, or only others; null for both.</summary>
    public bool? IsOfficial { get; init; }

    /// <summary>Only automated builds, or only others; null for both.</summary>
    public bool? IsAutomated { get; init; }

    /// <summary>The fewest stars.</summary>
    public int Stars { get; init; }

    internal bool Passes(FoundRepository found) =>
        (IsOfficial is null || IsOfficial == found.IsOfficial) && (IsAutomated is null || IsAutomated == found.IsAutomated) && found.Stars >= Stars;
}
