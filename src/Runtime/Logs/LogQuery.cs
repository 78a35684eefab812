namespace Argosy.Runtime.Logs;

/// <summary>Which part of a log is wanted.</summary>
public sealed record LogQuery
{
    public bool Stdout { get; init; } = true;

    public bool Stderr { get; init; } = true;

    /// <summary>Entries at or after this instant.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Entries at or before this instant; a followed log ends there.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The last so many lines of the wanted streams; null is all.</summary>
    public int? Tail { get; init; }

    /// <summary>Go on with what is written later, until the container has ended.</summary>
    public bool Follow { get; init; }
}
