using System.Text.Json.Nodes;

namespace Argosy.Testing;

/// <summary>How a <see cref="PrivateDaemon"/> differs from the usual one.</summary>
public sealed record PrivateDaemonOptions
{
    /// <summary>Its directory; null for one with a random name.</summary>
    public string? Root { get; init; }

    /// <summary>Where its data is when not below its directory: on a disk of its own.</summary>
    public string? DataRoot { get; init; }

    /// <summary>Whether it has the image busybox:latest.</summary>
    public bool WithBusybox { get; init; } = true;

    /// <summary>What to start it through: "nsenter" and its arguments. Its links and tables are then not seen when it ends.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>More command line arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>More keys of daemon.json.</summary>
    public JsonObject Configuration { get; init; } = [];
}
