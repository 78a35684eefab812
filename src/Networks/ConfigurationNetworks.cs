using Argosy.Core;

namespace Argosy.Networks;

/// <summary>
/// Networks that only hold settings which others take over (<c>docker network create --config-only</c>, <c>--config-from</c>).
/// They have no device, no address and no container; dockerd's rules and words.
/// </summary>
public static class ConfigurationNetworks
{
    /// <summary>Says what is wrong with a wanted network that is one, or that takes its settings from one.</summary>
    internal static void Check(NetworkSpec spec)
    {
        if (spec.ConfigOnly && (spec.Internal || spec.Attachable || spec.HasScope))
            throw Forbidden("configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.");
        if (spec.ConfigFrom.Length == 0)
            return;
        if (spec.ConfigOnly)
            throw Forbidden("a configuration network cannot depend on another configuration network");
        if (spec.EnableIPv6 || !spec.EnableIPv4 || spec.Labels.Count > 0 || spec.IpamOptions.Count > 0 || spec.Subnets.Count > 0 || spec.IpamDriver is not ("" or "default"))
            throw Forbidden("user specified configurations are not supported if the network depends on a configuration network");
        if (spec.Options.Count > 0)
            throw Forbidden("network driver options are not supported if the network depends on a configuration network");
    }

    /// <summary>The record of one; its subnets are not anybody's yet, so they may overlap.</summary>
    internal static NetworkRecord Describe(NetworkSpec spec, DateTimeOffset created)
    {
        foreach (SubnetSpec subnet in spec.Subnets.Where(subnet => subnet.Subnet.Length > 0))
            SubnetParser.Parse(subnet);
        return new NetworkRecord
        {
            Id = NetworkId.New(),
            Name = spec.Name,
            Driver = "null",
            Created = created,
            Labels = spec.Labels,
            Options = spec.Options,
            IpamOptions = spec.IpamOptions,
            Configuration = new NetworkConfiguration { EnableIPv4 = spec.EnableIPv4, EnableIPv6 = spec.EnableIPv6, Subnets = spec.Subnets },
        };
    }

    /// <summary>A wanted network with the settings of the configuration network that it names.</summary>
    internal static NetworkSpec Apply(NetworkSpec spec, NetworkRecord? source)
    {
        if (source?.Configuration is not { } configuration)
            throw EngineException.NotFound($"configuration network \"{spec.ConfigFrom}\" does not exist");
        return spec with
        {
            Labels = source.Labels,
            Options = source.Options,
            IpamOptions = source.IpamOptions,
            EnableIPv4 = configuration.EnableIPv4,
            EnableIPv6 = configuration.EnableIPv6,
            Subnets = configuration.Subnets,
        };
    }

    /// <summary>No container can be on one.</summary>
    public static EngineException NoEndpoint() => Forbidden("cannot create endpoint on configuration-only network");

    private static EngineException Forbidden(string message) => new(ErrorKind.Forbidden, message);
}
