namespace Argosy.Runtime;

/// <summary>A process's capability sets, as <c>CAP_CHOWN</c>.</summary>
public sealed record CapabilitySets
{
    public IReadOnlyList<string> Bounding { get; init; } = [];

    public IReadOnlyList<string> Effective { get; init; } = [];

    public IReadOnlyList<string> Permitted { get; init; } = [];

    public IReadOnlyList<string> Inheritable { get; init; } = [];

    public IReadOnlyList<string> Ambient { get; init; } = [];

    /// <summary>Docker's 14, for root.</summary>
    public static CapabilitySets Default { get; } = Capabilities.Compute([], [], privileged: false, uid: 0);
}
