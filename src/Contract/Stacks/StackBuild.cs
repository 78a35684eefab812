namespace Argosy.Contract.Stacks;

/// <summary>How a client builds the service's image. Paths are absolute on the client.</summary>
public sealed record StackBuild
{
    public required string Context { get; init; }
    public string? Dockerfile { get; init; }
    public string? DockerfileInline { get; init; }
    public IReadOnlyDictionary<string, string?> Args { get; set; } = new Dictionary<string, string?>();
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
    public IReadOnlyList<string> CacheFrom { get; set; } = [];
    public IReadOnlyList<string> ExtraHosts { get; set; } = [];
    public string? Network { get; init; }
    public bool? NoCache { get; init; }
    public IReadOnlyList<string> Platforms { get; set; } = [];
    public bool? Pull { get; init; }
    public long? ShmSize { get; init; }
    public IReadOnlyList<string> Tags { get; set; } = [];
    public string? Target { get; init; }
}
