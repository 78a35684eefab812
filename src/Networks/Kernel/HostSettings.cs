namespace Argosy.Networks;

/// <summary>Kernel settings below /proc/sys; they are those of the calling thread's network namespace.</summary>
internal static class HostSettings
{
    /// <summary>Sets one if it is not so already. False when the kernel does not have it.</summary>
    internal static bool Write(string name, string value)
    {
        string path = Path.Combine("/proc/sys", name);
        try
        {
            if (File.ReadAllText(path).Trim() == value)
                return true;
            // Not state of ours, and no file either: there is nothing to replace atomically.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(value));
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>
    /// A router does not believe other routers: where the host does (accept_ra 1), it shall go on doing so when it begins to forward (2),
    /// or it would lose its own default route a while later.
    /// </summary>
    internal static void KeepRouterAdvertisements()
    {
        const string devices = "net/ipv6/conf";
        foreach (string device in Directory.EnumerateDirectories(Path.Combine("/proc/sys", devices)).Select(path => Path.GetFileName(path)).Where(name => name is not ("all" or "default" or "lo")))
            if (Read($"{devices}/{device}/accept_ra") == "1" && Read($"{devices}/{device}/forwarding") == "0")
                Write($"{devices}/{device}/accept_ra", "2");
    }

    /// <summary>machine-id(5); the host's name where there is none.</summary>
    internal static string MachineId()
    {
        const string file = "/etc/machine-id";
        return File.Exists(file) ? File.ReadAllText(file).Trim() : Environment.MachineName;
    }

    /// <summary>Whether the host has IPv6 on its loopback device: whoever says [::1] is heard there.</summary>
    internal static bool HasIpv6() => Read("net/ipv6/conf/lo/disable_ipv6") == "0";

    /// <summary>Reads one; null when the kernel does not have it.</summary>
    internal static string? Read(string name)
    {
        string path = Path.Combine("/proc/sys", name);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }
}
