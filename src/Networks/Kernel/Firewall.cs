using Argosy.Core;
using Argosy.Linux;
using Argosy.Linux.Netlink;
using Argosy.Linux.Nftables;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>
/// Our nftables table. It is a function of the networks and the published ports that are held here: a change is one transaction of
/// elements, and whenever the kernel's table is not what we left there, it is written again as a whole.
/// </summary>
internal sealed class Firewall(KernelNames names, NetworksOptions options, ILogger<Firewall> logger) : IDisposable
{
    private readonly NftablesContext nft = new();
    private readonly ConntrackSocket flows = ConntrackSocket.Open();
    private readonly Ruleset rules = new(names.Table, options.HostFirewallDecides ? names.Gate : null);
    private readonly Lock gate = new();
    private readonly HashSet<FirewallNetwork> networks = [];
    private readonly HashSet<FirewallPort> ports = [];
    private bool written;

    /// <summary>The table's name.</summary>
    internal string Table => names.Table;

    /// <summary>Writes the table with exactly these; what was in it before goes, in the same transaction.</summary>
    internal void Reset(IEnumerable<FirewallNetwork> wantedNetworks, IEnumerable<FirewallPort> wantedPorts)
    {
        lock (gate)
        {
            networks.Clear();
            ports.Clear();
            networks.UnionWith(wantedNetworks);
            ports.UnionWith(wantedPorts);
            Write(rules.Whole(networks, ports));
            written = true;
        }
    }

    internal void Add(FirewallNetwork network) =>
        Change(rules.Add(network), () => networks.Add(network), () => networks.Remove(network));

    internal void Remove(FirewallNetwork network) =>
        Change(rules.Delete(network), () => networks.Remove(network), () => networks.Add(network));

    internal void Add(IReadOnlyCollection<FirewallPort> added) => Replace([], added);

    internal void Remove(IReadOnlyCollection<FirewallPort> removed) => Replace(removed, []);

    /// <summary>Takes some ports away and adds others in one transaction: a port that moves to another container answers all the time.</summary>
    internal void Replace(IReadOnlyCollection<FirewallPort> removed, IReadOnlyCollection<FirewallPort> added)
    {
        if (removed.Count + added.Count == 0)
            return;
        Change(rules.Delete(removed) + rules.Add(added),
            () => { ports.ExceptWith(removed); ports.UnionWith(added); },
            () => { ports.ExceptWith(added); ports.UnionWith(removed); });
        ForgetFlows(removed.Concat(added));
    }

    /// <summary>Writes the table again: someone else changed it (<c>nft flush ruleset</c>).</summary>
    internal void Restore()
    {
        lock (gate)
        {
            if (!written)
                return;
            NetworksLog.FirewallRestored(logger, names.Table);
            Write(rules.Whole(networks, ports));
        }
    }

    /// <summary>Whether the table that we wrote is not there. Asks the kernel.</summary>
    internal bool IsMissing()
    {
        lock (gate)
            return written && !nft.TryRun(rules.Probe(), out _);
    }

    /// <summary>Removes the table.</summary>
    internal void Drop()
    {
        lock (gate)
        {
            networks.Clear();
            ports.Clear();
            written = false;
            Write(rules.Drop());
        }
    }

    public void Dispose()
    {
        nft.Dispose();
        flows.Dispose();
    }

    /// <summary>A UDP client that never stops would else stay with the container that had the port before, or with none.</summary>
    private void ForgetFlows(IEnumerable<FirewallPort> changed)
    {
        HashSet<ushort> datagrams = [.. changed.Where(port => port.Protocol == "udp").Select(port => port.HostPort)];
        if (datagrams.Count == 0)
            return;
        try
        {
            flows.ForgetUdp(datagrams);
        }
        catch (LinuxException exception)
        {
            NetworksLog.FlowsRemain(logger, exception);
        }
    }

    private void Change(string commands, Action apply, Action revert)
    {
        lock (gate)
        {
            apply();
            if (nft.TryRun(commands, out string error))
                return;
            NetworksLog.FirewallDiffers(logger, names.Table, error);
            try
            {
                Write(rules.Whole(networks, ports));
            }
            catch
            {
                revert();
                throw;
            }
        }
    }

    private void Write(string commands)
    {
        try
        {
            nft.Run(commands);
        }
        catch (LinuxException exception)
        {
            throw new EngineException(ErrorKind.Internal, $"the firewall table inet {names.Table} could not be written: {exception.Message}", exception);
        }
    }
}
