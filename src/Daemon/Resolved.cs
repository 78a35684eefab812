using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Argosy.Build.Cache;
using Argosy.Core;
using Argosy.Images.Layers;
using Argosy.Networks;
using Argosy.Registry;
using Argosy.Runtime;

namespace Argosy.Daemon;

/// <summary>What the daemon makes of its settings: paths, sockets, and each domain's own options.</summary>
internal sealed partial record Resolved
{
    private const string DefaultDataRoot = "/var/lib/argosy";
    private const string DefaultExecRoot = "/run/argosy";

    internal required DaemonPaths Paths { get; init; }

    internal required IReadOnlyList<string> Sockets { get; init; }

    internal required NetworksOptions Networks { get; init; }

    internal required RuntimeOptions Runtime { get; init; }

    internal required RegistryOptions Registries { get; init; }

    internal required LayerLimits Layers { get; init; }

    internal required BuildCachePolicy BuildCache { get; init; }

    /// <exception cref="InvalidDataException">A setting cannot be honoured.</exception>
    internal static Resolved Of(DaemonSettings settings)
    {
        string dataRoot = Path.GetFullPath(settings.DataRoot ?? DefaultDataRoot);
        string execRoot = Path.GetFullPath(settings.ExecRoot ?? DefaultExecRoot);
        string instance = settings.Instance ?? (dataRoot == DefaultDataRoot ? "argosy" : "argosy-" + Digest.Of(System.Text.Encoding.UTF8.GetBytes(dataRoot)).Hex[..6]);
        if (!InstanceForm().IsMatch(instance))
            throw new InvalidDataException($"argosy-instance: {instance} is no name of at most 63 letters, digits and '-', beginning with a letter or digit");
        return new Resolved
        {
            Paths = new DaemonPaths(dataRoot, execRoot, instance),
            Sockets = [.. (settings.Hosts is { Count: > 0 } hosts ? hosts : ["unix://" + Path.Combine(execRoot, "argosy.sock")]).Select(SocketPath)],
            Networks = Networking(settings),
            Runtime = Runtimes(settings),
            Layers = Limits(settings),
            BuildCache = BuildCacheSettings.Resolve(settings.Builder?.Gc, () => DiskOf(dataRoot)),
            Registries = RegistrySettings.Resolve(settings),
        };
    }

    /// <summary>What nftables, cgroups and aliases of devices all take, and what differs in each when it differs.</summary>
    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]{0,62}$")]
    private static partial Regex InstanceForm();

    /// <summary>Bytes of the disk that a directory is, or will be, on.</summary>
    private static long DiskOf(string directory)
    {
        while (!Directory.Exists(directory))
            directory = Path.GetDirectoryName(directory)!;
        return new DriveInfo(directory).TotalSize;
    }

    private static LayerLimits Limits(DaemonSettings settings)
    {
        var defaults = new LayerLimits();
        var limits = new LayerLimits { MaximumBytes = settings.MaxLayerBytes ?? defaults.MaximumBytes, MaximumEntries = settings.MaxLayerFiles ?? defaults.MaximumEntries };
        if (limits.MaximumBytes < 1 || limits.MaximumEntries < 1)
            throw new InvalidDataException("argosy-max-layer-bytes, argosy-max-layer-files: at least 1");
        return limits;
    }

    private static string SocketPath(string host)
    {
        if (host.StartsWith("unix://", StringComparison.Ordinal))
            return Path.GetFullPath(host["unix://".Length..]);
        throw new InvalidDataException($"cannot listen on {host}: only unix:///path is supported; TCP needs mutual TLS, which is not there yet");
    }

    private static NetworksOptions Networking(DaemonSettings settings)
    {
        var defaults = new NetworksOptions();
        return defaults with
        {
            DefaultBridge = settings.Bridge,
            DefaultBridgeAddress = settings.BridgeAddress,
            DefaultBridgeIpv6 = settings.DefaultBridgeIpv6 ?? false,
            DefaultBridgeSubnet6 = settings.DefaultBridgeSubnet6 is not { } subnet ? null
                : IPNetwork.TryParse(subnet, out IPNetwork parsed) && parsed.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6 ? subnet
                : throw new InvalidDataException($"fixed-cidr-v6: {subnet} is no IPv6 subnet"),
            AddressPools = settings.AddressPools is { Count: > 0 } pools ? [.. pools.Select(Pool)] : defaults.AddressPools,
            Dns = settings.Dns ?? [],
            DnsSearch = settings.DnsSearch ?? [],
            DnsOptions = settings.DnsOptions ?? [],
            Mtu = settings.Mtu ?? defaults.Mtu,
            PublishAddress = settings.PublishAddress is { } text
                ? IPAddress.TryParse(text, out IPAddress? address) ? address : throw new InvalidDataException($"ip: {text} is no address") : defaults.PublishAddress,
            InterContainerCommunication = settings.InterContainerCommunication ?? true,
            HostFirewallDecides = settings.PublishPolicy switch
            {
                null or "open" => false,
                "host-firewall" => true,
                { } other => throw new InvalidDataException($"publish-policy: {other} is neither open nor host-firewall"),
            },
        };
    }

    private static AddressPool Pool(AddressPoolSetting pool)
    {
        if (!IPNetwork.TryParse(pool.Base, out IPNetwork network) || pool.Size < network.PrefixLength || pool.Size > (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 30 : 126))
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"default-address-pools: {pool.Base} cannot be divided into networks of /{pool.Size}"));
        return new AddressPool(network, pool.Size);
    }

    private static RuntimeOptions Runtimes(DaemonSettings settings)
    {
        var defaults = new RuntimeOptions();
        return defaults with
        {
            DefaultRuntime = settings.DefaultRuntime,
            SeccompProfile = settings.SeccompProfile ?? defaults.SeccompProfile,
            AttachPatience = settings.AttachPatience switch
            {
                null => defaults.AttachPatience,
                >= 1 and <= 1_000_000 and var seconds => TimeSpan.FromSeconds(seconds),
                _ => throw new InvalidDataException("argosy-attach-patience: seconds, at least 1"),
            },
        };
    }
}
