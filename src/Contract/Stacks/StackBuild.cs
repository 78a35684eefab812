namespace Argosy.Contract.Stacks;

/// <summary>How a client builds the service's image. Paths are absolute on the client.</summary>
public sealed record StackBuild
{
    public required string Context { get; init; }
    public string? Dockerfile { get; init; }
    public string? DockerfileInline { get; init; }
    public IReadOnlyDictionary<string, string?> Args { get; init; } = new Dictionary<string, string?>();
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> CacheFrom { get; init; } = [];
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];
    public string? Network { get; init; }
    public bool? NoCache { get; init; }
    public IReadOnlyList<string> Platforms { get; init; } = [];
    public bool? Pull { get; init; }
    public long? ShmSize { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Target { get; init; }
}
