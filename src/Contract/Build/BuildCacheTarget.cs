namespace Argosy.Contract.Build;

/// <summary>Where a build's cache is exported to.</summary>
public sealed record BuildCacheTarget
{
    /// <summary><c>registry</c> or <c>local</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary><c>ref</c> of a registry; <c>mode</c> (<c>min</c> or <c>max</c>) and <c>ignore-error</c>.</summary>
    public IReadOnlyDictionary<string, string> Attrs { get; set; } = new Dictionary<string, string>();
}
