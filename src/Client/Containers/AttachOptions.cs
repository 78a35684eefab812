using Argosy.Client.Transport;

namespace Argosy.Client;

/// <summary>Which streams of a container are joined.</summary>
public sealed record AttachOptions
{
    /// <summary>Standard input.</summary>
    public bool Stdin { get; init; }

    /// <summary>Standard output.</summary>
    public bool Stdout { get; init; } = true;

    /// <summary>Standard error.</summary>
    public bool Stderr { get; init; } = true;

    /// <summary>Also what was written before.</summary>
    public bool Logs { get; init; }

    /// <summary>The keys that leave the container alone; null is <c>ctrl-p,ctrl-q</c>.</summary>
    public string? DetachKeys { get; init; }

    internal Query AddTo(Query query) => query
        .Add("stream", true).Add("stdin", Stdin).Add("stdout", Stdout).Add("stderr", Stderr).Add("logs", Logs).Add("detachKeys", DetachKeys);
}
