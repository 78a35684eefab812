using System.Net;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Containers.Rules;

/// <summary>dockerd's checks of a create request that need nothing but the request, with its words (moby, verifyContainerSettings and runconfig).</summary>
internal static class HostConfigRules
{
    internal static void Check(ContainerCreateRequest request, HostConfig host, List<string> warnings)
    {
        Namespaces(request, host);
        NetworkModeRules.Check(request, host, warnings);
        Require(host.ShmSize >= 0, "SHM size can not be less than 0");
        Require(host.OomScoreAdj is >= -1000 and <= 1000, $"Invalid value {host.OomScoreAdj}, range for oom score adj is [-1000, 1000]");
        foreach (string entry in host.ExtraHosts ?? [])
            ExtraHost(entry);
        foreach (string server in host.Dns ?? [])
            Require(IPAddress.TryParse(server, out _), $"invalid IP address: {server}");
        Capability(host.CapAdd, "CapAdd");
        Capability(host.CapDrop, "CapDrop");
        foreach (string destination in host.Tmpfs?.Keys ?? [])
        {
            Require(destination.StartsWith('/'), $"invalid mount path: '{destination}' mount path must be absolute");
            Require(destination.TrimEnd('/').Length > 0, "invalid specification: destination can't be '/'");
        }
        foreach (Contract.Containers.DeviceMapping device in host.Devices ?? [])
            Require(device.CgroupPermissions.All("rwm".Contains), $"invalid device mode: {device.CgroupPermissions}");
        Require(host.Isolation.ToLowerInvariant() is "" or "default", $"invalid isolation: \"{host.Isolation}\" - linux only supports 'default'");
        Require(request.Hostname.Length <= 64, $"invalid hostname: {request.Hostname}: longer than 64 bytes"); // sethostname(2)
    }

    private static void Namespaces(ContainerCreateRequest request, HostConfig host)
    {
        Require(host.IpcMode is "" or "none" or "private" or "shareable" or "host" || IsContainer(host.IpcMode), $"invalid IPC mode: {host.IpcMode}");
        Require(host.PidMode is "" or "host" or "private" || IsContainer(host.PidMode), $"invalid PID mode: {host.PidMode}");
        Require(host.UtsMode is "" or "host" or "private", $"invalid UTS mode: {host.UtsMode}");
        Require(host.CgroupnsMode is "" or "private" or "host", $"invalid cgroup namespace mode: {host.CgroupnsMode}");
        Require(host.UtsMode != "host" || request.Hostname.Length == 0, "conflicting options: hostname and the UTS mode");
        Require(host.Cgroup is "" || IsContainer(host.Cgroup), $"invalid cgroup mode: {host.Cgroup}");
        if (host.Cgroup.Length > 0)
            throw EngineException.NotImplemented($"Cgroup {host.Cgroup} is not supported: a container has a cgroup of its own");
    }

    private static bool IsContainer(string mode) => mode.StartsWith("container:", StringComparison.Ordinal) && mode.Length > "container:".Length;

    /// <summary><c>name:address</c> or <c>name=address</c>; the address may be IPv6, in brackets or not, or host-gateway.</summary>
    private static void ExtraHost(string entry)
    {
        int at = entry.IndexOfAny([':', '=']);
        Require(at > 0, $"bad format for add-host: \"{entry}\"");
        string address = entry[(at + 1)..];
        Require(address == "host-gateway" || IPAddress.TryParse(address.Trim('[', ']'), out _), $"invalid IP address in add-host: \"{address}\"");
    }

    private static void Capability(IReadOnlyList<string>? names, string field)
    {
        foreach (string name in names ?? [])
        {
            string upper = name.ToUpperInvariant();
            string full = upper.StartsWith("CAP_", StringComparison.Ordinal) ? upper : "CAP_" + upper;
            Require(upper == "ALL" || Capabilities.Names.Contains(full), $"invalid {field}: unknown capability: \"{full}\"");
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw EngineException.Invalid(message);
    }
}
