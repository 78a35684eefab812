using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Contract.Networks;

namespace Argosy.Cli.Networks;

/// <summary><c>argosy network create</c>.</summary>
internal static class NetworkCreateCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> driver = Flag.Text("--driver", "Driver to manage the Network (default \"bridge\")", "-d");
        Option<string[]> options = Flag.List("--opt", "map", "Set driver specific options (default map[])", ["-o"]);
        Option<string[]> labels = Flag.List("--label", "Set metadata on a network");
        Option<string[]> subnets = Flag.List("--subnet", "strings", "Subnet in CIDR format that represents a network segment", []);
        Option<string[]> gateways = Flag.List("--gateway", "strings", "IPv4 or IPv6 Gateway for the master subnet", []);
        Option<string[]> ranges = Flag.List("--ip-range", "strings", "Allocate container ip from a sub-range", []);
        Option<string[]> auxiliary = Flag.List("--aux-address", "map", "Auxiliary IPv4 or IPv6 addresses used by Network driver (default map[])", []);
        Option<string?> ipamDriver = Flag.Text("--ipam-driver", "IP Address Management Driver (default \"default\")");
        Option<string[]> ipamOptions = Flag.List("--ipam-opt", "map", "Set IPAM driver specific options (default map[])", []);
        Option<bool> isInternal = Flag.Bool("--internal", "Restrict external access to the network");
        Option<bool> attachable = Flag.Bool("--attachable", "Enable manual container attachment");
        Option<bool> ingress = Flag.Bool("--ingress", "Create swarm routing-mesh network");
        Option<bool> configOnly = Flag.Bool("--config-only", "Create a configuration only network");
        Option<string?> configFrom = Flag.Text("--config-from", "The network from which to copy the configuration");
        Option<string?> scope = Flag.Text("--scope", "Control the network's scope");
        var ipv4 = new Option<bool?>("--ipv4") { Description = "Enable or disable IPv4 address assignment (default true)" };
        var ipv6 = new Option<bool?>("--ipv6") { Description = "Enable or disable IPv6 address assignment" };
        var command = new VerbCommand("[OPTIONS] NETWORK", "Create a network")
            .With(1, 1, "argosy network create front", "argosy network create --subnet 10.5.0.0/24 --internal back");
        foreach (Option option in (IEnumerable<Option>)[driver, options, labels, subnets, gateways, ranges, auxiliary, ipamDriver, ipamOptions, isInternal, attachable, ingress, configOnly, configFrom, scope, ipv4, ipv6])
            command.Add(option);
        return command.Runs(async (line, cancellationToken) =>
        {
            var pools = IpamPools.Join(line.GetAll(subnets), line.GetAll(gateways), line.GetAll(ranges), line.GetAll(auxiliary));
            var request = new NetworkCreateRequest
            {
                Name = line.Arguments[0],
                Driver = line.Get(driver) ?? "bridge",
                Options = KeyValues.ToMap(line.GetAll(options)),
                Labels = KeyValues.ToMap(line.GetAll(labels)),
                Ipam = new Ipam { Driver = line.Get(ipamDriver) ?? "default", Options = KeyValues.ToMap(line.GetAll(ipamOptions)), Config = pools },
                Internal = line.Get(isInternal),
                Attachable = line.Get(attachable),
                Ingress = line.Get(ingress),
                ConfigOnly = line.Get(configOnly),
                ConfigFrom = line.Get(configFrom) is { Length: > 0 } from ? new ConfigReference { Network = from } : null,
                Scope = line.Get(scope) ?? "",
                EnableIPv4 = line.Get(ipv4),
                EnableIPv6 = line.Get(ipv6),
                CheckDuplicate = true,
            };
            NetworkCreateResponse created = await session.Client.Networks.CreateAsync(request, cancellationToken);
            if (created.Warning is { Length: > 0 } warning)
                await session.Error.WriteLineAsync("WARNING: " + warning);
            await session.Out.WriteLineAsync(created.Id);
        });
    }
}
