using Argosy.Client.Transport;

namespace Argosy.Client;

/// <summary>Which lines of a container's output are wanted.</summary>
public sealed record LogsOptions
{
    /// <summary>Standard output.</summary>
    public bool Stdout { get; init; } = true;

    /// <summary>Standard error.</summary>
    public bool Stderr { get; init; } = true;

    /// <summary>Goes on with what is written from now on, until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>A time in front of each line.</summary>
    public bool Timestamps { get; init; }

    /// <summary>Attributes of the log driver in front of each line.</summary>
    public bool Details { get; init; }

    /// <summary>From this time on: RFC 3339, or seconds since 1970 with an optional fraction.</summary>
    public string? Since { get; init; }

    /// <summary>Up to this time.</summary>
    public string? Until { get; init; }

    /// <summary>The last lines only: a number, or <c>all</c>.</summary>
    public string? Tail { get; init; }

    internal Query AddTo(Query query) => query
        .Add("stdout", Stdout).Add("stderr", Stderr).Add("follow", Follow).Add("timestamps", Timestamps).Add("details", Details)
        .Add("since", Since).Add("until", Until).Add("tail", Tail);
}
