namespace Argosy.Contract.Containers;

/// <summary>The part of the network settings that lists show.</summary>
public sealed record ContainerSummaryNetworkSettings
{
    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; init; }
}
