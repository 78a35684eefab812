using System.Collections.Concurrent;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Volumes;

namespace Argosy.Engine.Volumes;

/// <summary>Who uses a volume: containers, whatever their state, and those that are being made.</summary>
public sealed class VolumeUsage(ContainerTable table) : IVolumeUsage
{
    // Containers that have no record yet: their volumes must not go between their creation and that record.
    private readonly ConcurrentDictionary<(ContainerId Container, string Volume), bool> expected = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> UsersOf(string volumeName)
    {
        IEnumerable<string> users = table.All.Where(container => Names(container, volumeName)).Select(container => container.Id.Value);
        IEnumerable<string> soon = expected.Keys.Where(key => key.Volume == volumeName).Select(key => key.Container.Value);
        return [.. users.Union(soon)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> RunningUsersOf(string volumeName) =>
        [.. table.All.Where(container => container.State.IsAlive && Names(container, volumeName)).Select(container => container.Id.Value)];

    /// <summary>A container that is being made is going to use a volume. Say so before looking for the volume.</summary>
    internal void Expect(ContainerId container, string volumeName) => expected[(container, volumeName)] = true;

    /// <summary>The container has its record, which counts from now on; or it was not made after all.</summary>
    internal void Forget(ContainerId container, string volumeName) => expected.TryRemove((container, volumeName), out _);

    private static bool Names(ContainerRecord container, string volumeName) =>
        container.Mounts.Any(mount => mount.Kind == MountKind.Volume && mount.Name == volumeName);
}
