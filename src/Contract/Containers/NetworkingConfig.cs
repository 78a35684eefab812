namespace Argosy.Contract.Containers;

/// <summary>The networks a new container is connected to.</summary>
public sealed record NetworkingConfig
{
    public IReadOnlyDictionary<string, EndpointSettings?>? EndpointsConfig { get; init; }
}
