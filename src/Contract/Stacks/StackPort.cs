namespace Argosy.Contract.Stacks;

/// <summary>One published (or, without <see cref="Published"/>, dynamically published) port.</summary>
public sealed record StackPort
{
    public string? Name { get; init; }
    public string? Mode { get; init; }
    public string? HostIp { get; init; }
    public required int Target { get; init; }

    /// <summary>A host port, or a range <c>8000-8010</c> to choose from.</summary>
    public string? Published { get; init; }
    public string Protocol { get; set; } = "tcp";
    public string? AppProtocol { get; init; }
}
