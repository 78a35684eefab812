using Argosy.Core;
using Argosy.Engine.Events;
using Argosy.Networks;

namespace Argosy.Engine.Networks;

/// <summary>Docker's network events. Whoever starts and ends containers publishes theirs through this too.</summary>
public sealed class NetworkEvents(EventBus bus)
{
    /// <summary>A container was connected: at its start, or while it runs.</summary>
    public void Connected(ContainerId container, Endpoint endpoint) => Publish("connect", endpoint.Network, endpoint.NetworkName, endpoint.Driver, container);

    /// <summary>A container was disconnected: at its end, or while it runs.</summary>
    public void Disconnected(ContainerId container, Endpoint endpoint) => Publish("disconnect", endpoint.Network, endpoint.NetworkName, endpoint.Driver, container);

    internal void Created(NetworkRecord network) => Publish("create", network.Id, network.Name, network.Driver, null);

    internal void Destroyed(NetworkRecord network) => Publish("destroy", network.Id, network.Name, network.Driver, null);

    private void Publish(string action, NetworkId id, string name, string driver, ContainerId? container)
    {
        var attributes = new Dictionary<string, string> { ["name"] = name, ["type"] = driver };
        if (container is { } connected)
            attributes["container"] = connected.Value;
        bus.Publish("network", action, id.Value, attributes);
    }
}
