namespace Argosy.Contract.Containers;

/// <summary>The body of <c>POST /argosy/containers/{id}/ports</c>: ports of a container that may run.</summary>
public sealed record ContainerPortsRequest
{
    /// <summary>Ports to publish, as in HostConfig.PortBindings: <c>80/tcp</c> and where.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Publish { get; init; }

    /// <summary>Host ports to take back, by protocol: <c>8081/tcp</c>; with addresses, only there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>?>? Unpublish { get; init; }
}
