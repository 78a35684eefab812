using Argosy.Core;

namespace Argosy.Networks;

/// <summary>What a wanted network must be for Argosy to make it.</summary>
internal static class NetworkSpecRules
{
    internal static void Check(NetworkSpec spec)
    {
        RequireName(spec.Name);
        if (spec.Name is PredefinedNetworks.Bridge or PredefinedNetworks.Host or PredefinedNetworks.None)
            throw new EngineException(ErrorKind.Forbidden, $"operation is not permitted on predefined {spec.Name} network ");
        ConfigurationNetworks.Check(spec);
        if (!spec.ConfigOnly)
            RequireDriver(spec.Driver);
        if (!spec.EnableIPv4 && !spec.EnableIPv6)
            throw EngineException.Invalid("a network needs IPv4 or IPv6, or both (EnableIPv4, EnableIPv6)");
        if (spec.IpamDriver is not ("" or "default"))
            throw EngineException.NotFound($"could not find the ipam plugin {spec.IpamDriver}: the only address management driver is \"default\"");
        if (spec.Subnets.Any(subnet => subnet.Subnet.Length == 0 && (subnet.Range.Length > 0 || subnet.Gateway.Length > 0 || subnet.Auxiliary.Count > 0)))
            throw EngineException.Invalid("invalid network config:\ninvalid subnet : invalid CIDR block notation");
    }

    private static void RequireDriver(string driver)
    {
        switch (driver)
        {
            case "" or "bridge" or "default" or "macvlan" or "ipvlan":
                return;
            case "host":
                throw new EngineException(ErrorKind.Forbidden, "only one instance of \"host\" network is allowed");
            case "null":
                throw new EngineException(ErrorKind.Forbidden, "only one instance of \"null\" network is allowed");
            case "overlay":
                throw EngineException.NotImplemented($"network driver {driver} is not supported");
            default:
                throw EngineException.NotFound($"could not find plugin {driver} in v1 plugin registry: plugin not found");
        }
    }

    private static void RequireName(string name)
    {
        bool valid = name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-');
        if (!valid)
            throw EngineException.Invalid($"invalid network name: {name}");
    }
}
