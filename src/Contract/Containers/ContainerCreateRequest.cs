namespace Argosy.Contract.Containers;

/// <summary>The body of <c>POST /containers/create</c>.</summary>
public sealed record ContainerCreateRequest : ContainerConfig
{
    public HostConfig? HostConfig { get; init; }

    public NetworkingConfig? NetworkingConfig { get; init; }
}
