using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Events;
using Argosy.Engine.Logs;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Networks;
using Argosy.Runtime;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Containers;

/// <summary>
/// The life of containers, one file per verb. Every method takes the container's own lock; there is no other.
/// A state change is committed before it is acknowledged; what a verb has begun it finishes or undoes, whatever the client does meanwhile.
/// </summary>
public sealed partial class ContainerLifecycle(
    ContainerTable table,
    ImageStore images,
    ISnapshotter snapshots,
    OciRuntime runtime,
    NetworkManager networks,
    ContainerMounts mounts,
    ContainerSandboxes sandboxes,
    ContainerLinks links,
    SpecBuilder specs,
    LogKeeper logs,
    AttachHub attachments,
    WaitHub waits,
    EventBus events,
    TimeProvider clock,
    ILogger<ContainerLifecycle> logger)
{
    /// <summary>Raised after a start has been committed, under the container's lock: be brief.</summary>
    public event Action<ContainerRecord>? Started;

    /// <summary>Raised after an exit has been committed, under the container's lock: be brief.</summary>
    public event Action<ContainerRecord>? Ended;

    /// <summary>Who keeps the containers' records.</summary>
    public ContainerTable Table => table;

    /// <summary>Publishes a container event with Docker's attributes: labels, image, name, and what the action adds.</summary>
    internal void Publish(ContainerRecord container, string action, params ReadOnlySpan<(string Key, string Value)> extra)
    {
        if (container.Hidden)
            return;
        var attributes = new Dictionary<string, string>(container.Config.Labels, StringComparer.Ordinal)
        {
            ["image"] = container.Config.Image,
            ["name"] = container.Name,
        };
        foreach ((string key, string value) in extra)
            attributes[key] = value;
        events.Publish("container", action, container.Id.Value, attributes);
    }
}
