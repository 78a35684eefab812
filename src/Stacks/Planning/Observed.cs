namespace Argosy.Stacks;

/// <summary>Everything a plan looks at beside the desired state.</summary>
public sealed record Observed
{
    /// <summary>The project's containers.</summary>
    public required IReadOnlyList<ObservedContainer> Containers { get; init; }

    /// <summary>All networks of the engine.</summary>
    public IReadOnlyList<ObservedResource> Networks { get; init; } = [];

    /// <summary>All volumes of the engine.</summary>
    public IReadOnlyList<ObservedResource> Volumes { get; init; } = [];

    /// <summary>By service, the id of the image that its next container would have.</summary>
    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>();
}
