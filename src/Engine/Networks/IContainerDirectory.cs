using Argosy.Core;

namespace Argosy.Engine.Networks;

/// <summary>What connecting and disconnecting needs of the containers; they are kept elsewhere.</summary>
public interface IContainerDirectory
{
    /// <summary>Resolves an id, a name or the beginning of an id.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>, <c>No such container: x</c>.</exception>
    ContainerId ResolveId(string reference);

    /// <summary>Whether it runs (a paused one does).</summary>
    bool IsRunning(ContainerId id);

    /// <summary>HostConfig.NetworkMode: "bridge", "host", "none", "container:…", or a network.</summary>
    string NetworkModeOf(ContainerId id);

    /// <summary>True when its configuration has an endpoint on this network.</summary>
    bool HasEndpoint(ContainerId id, NetworkId network);

    /// <summary>Writes an endpoint into its configuration, replacing the one for the same network; when the task is done it is kept.</summary>
    Task PutEndpointAsync(ContainerId id, EndpointConfiguration endpoint, CancellationToken cancellationToken);

    /// <summary>Removes an endpoint from its configuration.</summary>
    Task RemoveEndpointAsync(ContainerId id, NetworkId network, CancellationToken cancellationToken);
}
