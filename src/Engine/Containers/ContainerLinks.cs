using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Networks;

namespace Argosy.Engine.Containers;

/// <summary>
/// Legacy links (docker run --link): on the default bridge, where nobody resolves names, a linking container gets the linked one's address
/// in its environment and its /etc/hosts. On user-defined networks a link is an alias that the network's name server knows.
/// </summary>
public sealed class ContainerLinks(ContainerTable table, NetworkManager networks)
{
    /// <summary>The links of a new container on the default bridge; none on other networks.</summary>
    /// <exception cref="EngineException">With dockerd's words: a missing container, or one with the host's network.</exception>
    internal IReadOnlyList<ContainerLink> Resolve(ContainerSpecification asked) =>
        IsDefaultBridge(asked.Host.NetworkMode) ? [.. asked.Links.Select(LinkText.Parse).Select(Resolve)] : [];

    /// <summary>What a link asks of a user-defined network: on the first one, unless the endpoint says it itself.</summary>
    internal static IReadOnlyList<EndpointSettings> OnNetworks(ContainerSpecification asked, IReadOnlyList<EndpointSettings> endpoints) =>
        asked.Links.Count == 0 || IsDefaultBridge(asked.Host.NetworkMode) || endpoints.Count == 0 || endpoints[0].Links.Count > 0
            ? endpoints : [endpoints[0] with { Links = asked.Links }, .. endpoints.Skip(1)];

    /// <summary>The private aliases that an endpoint's links are to its container, with the names they stand for.</summary>
    internal IReadOnlyList<LinkedName> Names(EndpointSettings endpoint) =>
        [.. endpoint.Links.Select(LinkText.Parse).Select(link => new LinkedName(link.Alias, table.TryFind(link.Name, out ContainerRecord? other) ? other.Name : link.Name))];

    /// <summary>The linked containers that still exist.</summary>
    public IEnumerable<(ContainerLink Link, ContainerRecord Container)> Of(ContainerRecord parent)
    {
        foreach (ContainerLink link in parent.Links)
        {
            if (table.TryGet(new ContainerId(link.Container), out ContainerRecord? child))
                yield return (link, child);
        }
    }

    /// <summary>The names that links give containers, /parent/alias, by the linked container's id.</summary>
    public ILookup<string, string> AllNames() =>
        table.All.SelectMany(parent => parent.Links.Select(link => (link.Container, Name: $"/{parent.Name}/{link.Alias}"))).ToLookup(entry => entry.Container, entry => entry.Name);

    /// <summary>Lines for /etc/hosts.</summary>
    /// <exception cref="EngineException">A linked container does not run.</exception>
    internal IEnumerable<string> Hosts(ContainerRecord parent) => Living(parent, required: true).Select(entry => HostsLine(entry.Link, entry.Container, entry.Address));

    internal static string HostsLine(ContainerLink link, ContainerRecord child, string address) =>
        $"{address}\t{link.Alias} {child.Config.Hostname}{(link.Alias == child.Name ? "" : " " + child.Name)}";

    /// <summary>Variables for the container's processes.</summary>
    /// <param name="required">Whether a linked container that does not run is an error, or none.</param>
    internal IEnumerable<string> Environment(ContainerRecord parent, bool required) => Living(parent, required)
        .SelectMany(entry => LinkEnvironment.Of(parent.Name, entry.Link.Alias, entry.Address, entry.Container.Config.ExposedPorts, entry.Container.Config.Env));

    /// <summary>The running containers that a container which has just started is linked to, with the line that they are to have.</summary>
    internal IEnumerable<(ContainerId Parent, string Line)> Parents(ContainerRecord started)
    {
        if (AddressOf(started) is not { } address)
            yield break;
        foreach (ContainerRecord parent in table.All.Where(record => record.State.IsAlive))
        {
            foreach (ContainerLink link in parent.Links.Where(link => link.Container == started.Id.Value))
                yield return (parent.Id, HostsLine(link, started, address));
        }
    }

    private IEnumerable<(ContainerLink Link, ContainerRecord Container, string Address)> Living(ContainerRecord parent, bool required)
    {
        foreach ((ContainerLink link, ContainerRecord child) in Of(parent))
        {
            if (child.State.IsAlive && AddressOf(child) is { } address)
                yield return (link, child, address);
            else if (required)
                throw EngineException.Conflict($"Cannot link to a non running container: /{child.Name} AS /{parent.Name}/{link.Alias}");
        }
    }

    private string? AddressOf(ContainerRecord container) =>
        networks.TryGetSandbox(container.Id, out Sandbox? sandbox)
            ? sandbox.Endpoints.FirstOrDefault(endpoint => endpoint.NetworkName == PredefinedNetworks.Bridge)?.Address?.ToString() : null;

    private ContainerLink Resolve(LinkText link)
    {
        if (!table.TryFind(link.Name, out ContainerRecord? child))
            throw EngineException.Invalid($"could not get container for {link.Name}: No such container: {link.Name}");
        while (child.Host.NetworkMode.StartsWith("container:", StringComparison.Ordinal))
            child = table.Find(child.Host.NetworkMode["container:".Length..]);
        if (child.Host.NetworkMode == PredefinedNetworks.Host)
            throw EngineException.Invalid("conflicting options: host type networking can't be used with links. This would result in undefined behavior");
        return new ContainerLink(child.Id.Value, link.Alias);
    }

    private static bool IsDefaultBridge(string mode) => mode is "" or "default" or PredefinedNetworks.Bridge;
}
