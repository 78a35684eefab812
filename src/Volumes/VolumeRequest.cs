namespace Argosy.Volumes;

/// <summary>What somebody wants of a new volume.</summary>
public sealed record VolumeRequest
{
    /// <summary>Null or empty makes an anonymous volume.</summary>
    public string? Name { get; init; }

    /// <summary>Null or empty is <c>local</c>.</summary>
    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
