using System.Globalization;
using System.Runtime.InteropServices;

namespace Argosy.Api.Routes.Daemon;

/// <summary>What the host says about itself in /proc, /sys and /etc.</summary>
internal sealed class HostFacts
{
    private readonly Dictionary<string, string> release = ReadRelease();

    internal string KernelVersion { get; } = ReadLine("/proc/sys/kernel/osrelease");

    internal string OperatingSystem => release.GetValueOrDefault("PRETTY_NAME", "Linux");

    internal string OperatingSystemVersion => release.GetValueOrDefault("VERSION_ID", "");

    internal string MachineId { get; } = ReadLine("/etc/machine-id");

    internal string CgroupVersion { get; } = File.Exists("/sys/fs/cgroup/cgroup.controllers") ? "2" : "1";

    /// <summary>uname -m.</summary>
    internal string Architecture { get; } = RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86_64",
        System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>Bytes.</summary>
    internal long MemoryTotal { get; } = ReadMemory();

    internal static bool IPv4Forwarding => ReadLine("/proc/sys/net/ipv4/ip_forward") == "1";

    internal static int OpenFiles => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    internal static string BackingFileSystem(string path)
    {
        try
        {
            return new DriveInfo(path).DriveFormat;
        }
        catch (IOException)
        {
            return "unknown";
        }
    }

    private static string ReadLine(string path) => File.Exists(path) ? File.ReadAllText(path).Trim() : "";

    private static long ReadMemory()
    {
        string line = File.ReadLines("/proc/meminfo").First();
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static Dictionary<string, string> ReadRelease()
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists("/etc/os-release"))
            return result;
        foreach (string line in File.ReadLines("/etc/os-release"))
        {
            if (line.Split('=', 2) is [var key, var value])
                result[key] = value.Trim('"');
        }
        return result;
    }
}
