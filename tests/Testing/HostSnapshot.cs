using System.Globalization;
using System.Text;

namespace Argosy.Testing;

/// <summary>What one daemon has on the host: kernel objects, processes, and files that should not outlive what they are for.</summary>
public sealed record HostSnapshot
{
    private static readonly string[] Helpers = ["conmon", "crun", "runc"], Companions = ["resolver", "relay"];

    /// <summary>Mount points below its roots, network namespaces among them.</summary>
    public required IReadOnlyList<string> Mounts { get; init; }

    /// <summary>Network devices with its alias.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    /// <summary>Its nftables table.</summary>
    public required IReadOnlyList<string> Tables { get; init; }

    /// <summary>Its cgroup directories, in every hierarchy.</summary>
    public required IReadOnlyList<string> Cgroups { get; init; }

    /// <summary>conmon, the runtime, the resolver, the relay and containers' processes, as "pid command line".</summary>
    public required IReadOnlyList<string> Processes { get; init; }

    /// <summary>Containers' directories, bundles, exit files, scratch files, volumes.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>True when there is nothing at all.</summary>
    public bool IsEmpty => Lines().FirstOrDefault() is null;

    /// <summary>Looks at the host for what belongs to the daemon with this directory and instance name.</summary>
    public static HostSnapshot Of(string root, string instance)
    {
        return new HostSnapshot
        {
            Mounts = [.. File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4]).Where(point => point.StartsWith(root + "/", StringComparison.Ordinal))],
            Links = [.. Directory.EnumerateDirectories("/sys/class/net").Where(path => Read(path + "/ifalias").TrimEnd() == "argosy:" + instance).Select(path => Path.GetFileName(path))],
            Tables = [.. Tool("nft list tables").Where(line => line.EndsWith(" " + instance, StringComparison.Ordinal))],
            Cgroups = [.. CgroupsOf(instance)],
            Processes = [.. ProcessesOf(root, instance)],
            Files = [.. FilesOf(root)],
        };
    }

    /// <summary>What is here and was not in <paramref name="before"/>.</summary>
    public HostSnapshot Since(HostSnapshot before) => new()
    {
        Mounts = [.. Mounts.Except(before.Mounts)],
        Links = [.. Links.Except(before.Links)],
        Tables = [.. Tables.Except(before.Tables)],
        Cgroups = [.. Cgroups.Except(before.Cgroups)],
        Processes = [.. Processes.Except(before.Processes)],
        Files = [.. Files.Except(before.Files)],
    };

    /// <summary>Removes it all, so that one failing test does not make the next fail, nor a developer's machine dirty.</summary>
    public async Task RemoveAsync()
    {
        var script = new StringBuilder();
        foreach (string process in Processes)
            script.Append("kill -9 ").Append(process.Split(' ')[0]).Append('\n');
        foreach (string mount in Mounts.Reverse())
            script.Append("umount -l ").Append(mount).Append('\n');
        foreach (string link in Links)
            script.Append("ip link delete ").Append(link).Append('\n');
        foreach (string table in Tables)
            script.Append("nft delete ").Append(table).Append('\n');
        foreach (string cgroup in Cgroups)
            script.Append("for try in 1 2 3 4 5 6 7 8 9; do rmdir ").Append(cgroup).Append(" && break; sleep 0.1; done\n");
        if (script.Length > 0)
            await Shell.RunAsync("/bin/sh", ["-c", script.ToString()]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Lines());

    private IEnumerable<string> Lines() =>
        Mounts.Select(line => "mount " + line).Concat(Links.Select(line => "link " + line)).Concat(Tables).Concat(Cgroups.Select(line => "cgroup " + line))
            .Concat(Processes.Select(line => "process " + line)).Concat(Files.Select(line => "file " + line));

    // Deepest first, as rmdir wants them.
    private static IEnumerable<string> CgroupsOf(string instance) =>
        Directory.EnumerateDirectories("/sys/fs/cgroup").Append("/sys/fs/cgroup")
            .Select(hierarchy => Path.Combine(hierarchy, instance)).Where(Directory.Exists)
            .SelectMany(top => Directory.EnumerateDirectories(top, "*", SearchOption.AllDirectories).Prepend(top).Reverse());

    private static IEnumerable<string> ProcessesOf(string root, string instance)
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            string line = Read(directory + "/cmdline").Replace('\0', ' ');
            if ((line.Contains(root + "/", StringComparison.Ordinal) && IsHelper(line)) || Read(directory + "/cgroup").Contains($"/{instance}/", StringComparison.Ordinal))
                yield return $"{Path.GetFileName(directory)} {line}";
        }
    }

    // The daemon's own line has its roots in it, too.
    private static bool IsHelper(string line) => Companions.Any(name => line.StartsWith($"argosyd {name} ", StringComparison.Ordinal))
        || (!line.Contains("argosyd", StringComparison.Ordinal) && Helpers.Any(name => line.Contains(name, StringComparison.Ordinal)));

    private static IEnumerable<string> FilesOf(string root) =>
        new[] { "data/containers", "data/tmp", "data/volumes", "run/c", "run/exits", "run/netns", "run/crun" }
            .Select(name => Path.Combine(root, name)).Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries);

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string[] Tool(string command) => Shell.ShAsync(command).GetAwaiter().GetResult().Split('\n');
}
