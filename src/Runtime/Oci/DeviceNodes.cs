using Argosy.Core;
using Argosy.Linux;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Oci;

/// <summary>Devices of a container, and the rules of its devices cgroup.</summary>
internal static class DeviceNodes
{
    // Made by the runtime itself in every container, or not to be shared with one.
    private static readonly string[] NotForContainers = ["/dev/pts", "/dev/shm", "/dev/fd", "/dev/mqueue", "/dev/.lxc", "/dev/.lxd-mounts", "/dev/.udev"];

    // null, zero, random, urandom: what Docker names beside the runtime's own list (full, tty, console, ptmx, pts).
    private static readonly OciDeviceRule[] DefaultRules =
    [
        new(false, null, null, null, "rwm"),
        new(true, "c", 1, 5, "rwm"),
        new(true, "c", 1, 3, "rwm"),
        new(true, "c", 1, 9, "rwm"),
        new(true, "c", 1, 8, "rwm"),
    ];

    /// <summary>The nodes to be made: those asked for, or all of the host's when privileged.</summary>
    public static IReadOnlyList<OciDevice> For(ContainerSpec spec) =>
        spec.Privileged
            ? [.. Below("/dev").Select(node => Node(node, node.Path)), .. Asked(spec).Select(pair => pair.Device)]
            : [.. Asked(spec).Select(pair => pair.Device)];

    /// <summary>All for the privileged; else Docker's defaults, the devices asked for, and the rules asked for.</summary>
    public static IReadOnlyList<OciDeviceRule> Rules(ContainerSpec spec, IReadOnlyList<OciDevice> devices)
    {
        if (spec.Privileged)
            return [new OciDeviceRule(true, null, null, null, "rwm")];
        IEnumerable<OciDeviceRule> asked = devices.Count == 0
            ? []
            : Asked(spec).Select(pair => new OciDeviceRule(true, pair.Device.Type, pair.Device.Major, pair.Device.Minor, pair.Access));
        IEnumerable<OciDeviceRule> rules = spec.DeviceRules.Select(rule => new OciDeviceRule(rule.Allow, rule.Type.ToString(), rule.Major, rule.Minor, rule.Access));
        return [.. DefaultRules, .. asked, .. rules];
    }

    private static IEnumerable<(OciDevice Device, string Access)> Asked(ContainerSpec spec) =>
        spec.Devices.SelectMany(mapping => Expand(mapping).Select(device => (device, mapping.Access)));

    private static List<OciDevice> Expand(DeviceMapping mapping)
    {
        DeviceNode? node;
        try
        {
            node = DeviceNode.TryRead(mapping.PathOnHost);
        }
        catch (LinuxException exception)
        {
            throw new RuntimeException(ErrorKind.Internal, $"error gathering device information while adding custom device \"{mapping.PathOnHost}\": {Reason(exception)}", 128, exception);
        }
        if (node is not null)
            return [Node(node, mapping.PathInContainer)];
        List<OciDevice> below = [.. Below(mapping.PathOnHost).Select(child => Node(child, mapping.PathInContainer + child.Path[mapping.PathOnHost.Length..]))];
        return below.Count > 0
            ? below
            : throw new RuntimeException(ErrorKind.Internal, $"error gathering device information while adding custom device \"{mapping.PathOnHost}\": not a device node", 128);
    }

    private static string Reason(LinuxException exception) => exception.Error == Errno.NoEntry ? "no such file or directory" : exception.Message;

    private static IEnumerable<DeviceNode> Below(string directory)
    {
        if (!Directory.Exists(directory))
            yield break;
        foreach (string entry in Directory.EnumerateFileSystemEntries(directory).Order(StringComparer.Ordinal))
        {
            if (NotForContainers.Contains(entry) || entry == "/dev/console" || new FileInfo(entry).LinkTarget is not null)
                continue;
            if (Directory.Exists(entry))
            {
                foreach (DeviceNode child in Below(entry))
                    yield return child;
            }
            else if (DeviceNode.TryRead(entry) is { } node)
            {
                yield return node;
            }
        }
    }

    private static OciDevice Node(DeviceNode node, string path) =>
        new(path, node.Type.ToString(), node.Major, node.Minor, node.Mode, node.Uid, node.Gid);
}
