namespace Argosy.Testing;

/// <summary>How a <see cref="RegistryProcess"/> differs from the usual one.</summary>
public sealed record RegistryOptions
{
    /// <summary>What its command line begins with, to be run in another network namespace.</summary>
    public IReadOnlyList<string> Enter { get; init; } = [];

    /// <summary>The address it listens on; empty for all.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Files in its directory, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>More of its configuration's section "http"; gets its directory.</summary>
    public Func<string, string> Http { get; init; } = _ => "";

    /// <summary>More sections of its configuration; gets its directory.</summary>
    public Func<string, string> Sections { get; init; } = _ => "";
}
