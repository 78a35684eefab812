using System.Net;
using Argosy.Core;
using Argosy.Networks;

namespace Argosy.Catalog.Dns;

/// <summary>
/// The names of running containers: on each network its containers' names, short ids and aliases, and all of these with the network's
/// name behind. A container sees those of the networks that it is on.
/// </summary>
internal sealed class LocalNames(SandboxDirectory directory)
{
    private Index current = new(-1, [], [], [], []);

    /// <summary>Changes whenever an answer may.</summary>
    internal long Version => directory.Version;

    internal LocalAnswer Find(Sandbox asking, string name, DnsRecordType type)
    {
        Index index = Current();
        if (ReverseName.TryParse(name, out IPAddress? address))
            return FindPointer(index, asking, address);
        if (ServiceName.TryParse(name, out ServiceName? service))
            return FindService(index, asking, service);
        if (type == DnsRecordType.Service && FindServices(index, asking, name) is { } all)
            return new LocalAnswer.Services(all);
        return FindAddresses(index, asking, name);
    }

    /// <summary>A name of ours is asked for nowhere else, with a service before it either.</summary>
    private static LocalAnswer FindService(Index index, Sandbox asking, ServiceName service)
    {
        if (FindServices(index, asking, service.Name) is not { } all)
            return FindAddresses(index, asking, service.Name) is LocalAnswer.NoSuchName ? LocalAnswer.NoSuchName.Instance : LocalAnswer.NotLocal.Instance;
        ServicePort[] wanted = [.. all.Where(candidate => candidate.Port == service.Port && candidate.Protocol == service.Protocol)];
        return wanted.Length > 0 ? new LocalAnswer.Services(wanted) : LocalAnswer.NoSuchName.Instance;
    }

    /// <summary>Null when the name is none of ours.</summary>
    private static List<ServicePort>? FindServices(Index index, Sandbox asking, string name)
    {
        List<ServicePort>? found = null;
        foreach (Endpoint endpoint in asking.Endpoints)
            if (index.Services.TryGetValue((endpoint.Network, TargetOf(endpoint, name)), out List<ServicePort>? services))
                found = [.. (found ?? []).Union(services)];
        return found;
    }

    private static LocalAnswer FindAddresses(Index index, Sandbox asking, string name)
    {
        List<IPAddress>? found = null;
        foreach (Endpoint endpoint in asking.Endpoints)
            if (index.Names.TryGetValue((endpoint.Network, TargetOf(endpoint, name)), out List<IPAddress>? addresses))
                found = found is null ? addresses : [.. found.Union(addresses)];
        if (found is not null)
            return new LocalAnswer.Addresses(found);
        // A container of another network's: nothing to this one, and nothing to the world.
        if (!name.Contains('.', StringComparison.Ordinal))
            return index.AnyNames.Contains(name) ? LocalAnswer.NoSuchName.Instance : LocalAnswer.NotLocal.Instance;
        string suffix = name[(name.LastIndexOf('.') + 1)..];
        return asking.Endpoints.Any(endpoint => endpoint.DnsNames.Count > 0 && endpoint.NetworkName.Equals(suffix, StringComparison.OrdinalIgnoreCase))
            ? LocalAnswer.NoSuchName.Instance
            : LocalAnswer.NotLocal.Instance;
    }

    /// <summary>What a name stands for that only this container knows; the name itself otherwise.</summary>
    private static string TargetOf(Endpoint endpoint, string name) =>
        endpoint.Links.FirstOrDefault(link => link.Alias.Equals(name, StringComparison.OrdinalIgnoreCase))?.Target.ToLowerInvariant() ?? name;

    private static LocalAnswer FindPointer(Index index, Sandbox asking, IPAddress address)
    {
        foreach (Endpoint endpoint in asking.Endpoints)
        {
            if (index.Pointers.TryGetValue((endpoint.Network, address), out string? pointer))
                return new LocalAnswer.Pointer(pointer);
            if (endpoint.DnsNames.Count > 0 && endpoint.IsOnSubnet(address))
                return LocalAnswer.NoSuchName.Instance;
        }
        return LocalAnswer.NotLocal.Instance;
    }

    /// <summary>Built anew after a change; several threads may do so at once, and the last one wins.</summary>
    private Index Current()
    {
        Index index = Volatile.Read(ref current);
        long version = directory.Version;
        if (index.Version == version)
            return index;
        index = Build(version);
        Volatile.Write(ref current, index);
        return index;
    }

    private Index Build(long version)
    {
        var index = new Index(version, [], [], [], []);
        foreach (Sandbox sandbox in directory.All)
        {
            bool answering = directory.IsAnswering(sandbox.Container);
            foreach (Endpoint endpoint in sandbox.Endpoints.Where(endpoint => endpoint.DnsNames.Count > 0))
                Add(index, sandbox, endpoint, answering);
        }
        return index;
    }

    private static void Add(Index index, Sandbox sandbox, Endpoint endpoint, bool answering)
    {
        string target = $"{sandbox.Container.Short}.{endpoint.NetworkName}";
        ServicePort[] services = [.. sandbox.ExposedPorts.Select(exposed => ServicePort.Parse(target, exposed)).OfType<ServicePort>()];
        string network = endpoint.NetworkName.ToLowerInvariant();
        IPAddress[] addresses = [.. endpoint.Addresses];
        foreach (IPAddress address in addresses)
            index.Pointers[(endpoint.Network, address)] = $"{endpoint.DnsNames[0]}.{endpoint.NetworkName}";
        foreach (string name in endpoint.DnsNames.Select(name => name.ToLowerInvariant()))
        {
            index.AnyNames.Add(name);
            foreach (string written in (string[])[name, $"{name}.{network}"])
            {
                Add(index.Names, (endpoint.Network, written), addresses, answering);
                Add(index.Services, (endpoint.Network, written), services, answering);
            }
        }
    }

    private static void Add<T>(Dictionary<(NetworkId, string), List<T>> names, (NetworkId, string) key, T[] entries, bool answering)
    {
        if (!names.TryGetValue(key, out List<T>? known))
            names[key] = known = [];
        if (answering)
            known.AddRange(entries.Except(known));
    }

    private sealed record Index(
        long Version,
        Dictionary<(NetworkId Network, string Name), List<IPAddress>> Names,
        Dictionary<(NetworkId Network, string Name), List<ServicePort>> Services,
        Dictionary<(NetworkId Network, IPAddress Address), string> Pointers,
        HashSet<string> AnyNames);
}
