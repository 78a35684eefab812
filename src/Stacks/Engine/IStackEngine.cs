using Argosy.Contract.Containers;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <summary>What stacks need of the engine. Everything is safe to repeat: creating what exists and removing what is gone are no errors where said so.</summary>
public interface IStackEngine
{
    /// <summary>All containers with the project's label, one-off ones included.</summary>
    IReadOnlyList<ObservedContainer> Containers(string project);

    /// <summary>All containers that belong to any project.</summary>
    IReadOnlyList<ObservedContainer> AllContainers();

    /// <summary>One container as it is now; null when it is gone.</summary>
    ObservedContainer? Container(string id);

    /// <summary>Completes when the condition holds for the container (null once it is gone).</summary>
    Task<ObservedContainer?> WaitUntilAsync(string id, Func<ObservedContainer?, bool> condition, CancellationToken cancellationToken);

    /// <summary>All networks.</summary>
    IReadOnlyList<ObservedResource> Networks();

    Task CreateNetworkAsync(StackNetwork network, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    Task RemoveNetworkAsync(string name, CancellationToken cancellationToken);

    /// <summary>All volumes.</summary>
    IReadOnlyList<ObservedResource> Volumes();

    Task CreateVolumeAsync(StackVolume volume, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    Task RemoveVolumeAsync(string name, CancellationToken cancellationToken);

    /// <summary>The image's id; null when it is not here.</summary>
    string? FindImage(string reference);

    /// <summary>Pulls an image; <paramref name="progress"/> gets a line now and then.</summary>
    Task PullImageAsync(string reference, string? platform, Action<string> progress, CancellationToken cancellationToken);

    Task RemoveImageAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Creates a container; answers its id.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="request">What the Engine API would be sent.</param>
    /// <param name="anonymousVolumes">Path to volume, taken over from the container that this one replaces.</param>
    /// <param name="cancellationToken">Ends the wait, not the work.</param>
    Task<string> CreateContainerAsync(string name, ContainerCreateRequest request, IReadOnlyDictionary<string, string> anonymousVolumes, CancellationToken cancellationToken);

    /// <summary>A running container is no error.</summary>
    Task StartAsync(string id, CancellationToken cancellationToken);

    /// <summary>A stopped or missing container is no error.</summary>
    Task StopAsync(string id, int? timeoutSeconds, CancellationToken cancellationToken);

    Task RestartAsync(string id, int? timeoutSeconds, CancellationToken cancellationToken);

    Task RenameAsync(string id, string name, CancellationToken cancellationToken);

    /// <summary>Kills and removes; a missing container is no error.</summary>
    Task RemoveAsync(string id, bool removeAnonymousVolumes, CancellationToken cancellationToken);
}
