namespace Argosy.Contract.Stacks;

/// <summary>One entry of a service's <c>volumes</c>, long form.</summary>
public sealed record StackMount
{
    /// <summary><c>bind</c>, <c>volume</c>, <c>tmpfs</c> or <c>image</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Absolute path on the host, or the key of a volume of the stack, or an image that is here; null for an anonymous volume and for tmpfs.</summary>
    public string? Source { get; init; }
    public required string Target { get; init; }
    public bool? ReadOnly { get; init; }
    public StackMountBind? Bind { get; init; }
    public StackMountVolume? Volume { get; init; }
    public StackMountTmpfs? Tmpfs { get; init; }
    public StackMountImage? Image { get; init; }
}
