using System.Globalization;
using Argosy.Linux.Processes;

namespace Argosy.Runtime;

/// <summary>Removes a container's cgroup from every hierarchy, when the runtime did not.</summary>
internal static class CgroupTree
{
    private const int Attempts = 200;

    /// <summary>Kills what is in it, and removes it with everything below.</summary>
    public static void Remove(string root, string path)
    {
        foreach (string directory in Directories(root, path))
            RemoveOne(directory);
    }

    /// <summary>Removes a group that holds neither processes nor other groups; any other is left alone.</summary>
    public static void RemoveIfEmpty(string root, string path)
    {
        foreach (string directory in Directories(root, path))
        {
            try
            {
                Directory.Delete(directory);
            }
            catch (IOException)
            {
                // In use.
            }
        }
    }

    /// <summary>The group's directories: one on cgroup v2, one in each hierarchy on v1.</summary>
    public static IEnumerable<string> Directories(string root, string path)
    {
        string relative = path.TrimStart('/');
        IEnumerable<string> hierarchies = File.Exists(Path.Combine(root, "cgroup.controllers"))
            ? [root]
            : Directory.Exists(root) ? Directory.EnumerateDirectories(root) : [];
        return hierarchies.Select(hierarchy => Path.Combine(hierarchy, relative)).Where(Directory.Exists);
    }

    /// <summary>The processes in it and below it.</summary>
    public static HashSet<int> Processes(string root, string path)
    {
        var pids = new HashSet<int>();
        // All hierarchies hold the same processes; one of them is enough.
        if (Directories(root, path).FirstOrDefault() is { } directory)
            Collect(directory, pids);
        return pids;
    }

    /// <summary>Lets the processes of a frozen group go on.</summary>
    public static void Thaw(string root, string path)
    {
        foreach (string directory in Directories(root, path))
        {
            Thaw(Path.Combine(directory, "freezer.state"), frozen: "FROZEN", thawed: "THAWED");
            Thaw(Path.Combine(directory, "cgroup.freeze"), frozen: "1", thawed: "0");
        }
    }

    private static void Thaw(string file, string frozen, string thawed)
    {
        try
        {
            // Also "FREEZING": a process in uninterruptible sleep keeps the group from getting there.
            if (File.Exists(file) && File.ReadAllText(file).StartsWith(frozen[..1], StringComparison.Ordinal))
                using (var state = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0))
                    state.Write(System.Text.Encoding.ASCII.GetBytes(thawed));
        }
        catch (IOException)
        {
            // The group went away meanwhile, and its processes with it.
        }
    }

    private static void Collect(string directory, HashSet<int> pids)
    {
        try
        {
            foreach (string line in File.ReadLines(Path.Combine(directory, "cgroup.procs")))
                if (int.TryParse(line, CultureInfo.InvariantCulture, out int pid))
                    pids.Add(pid);
            foreach (string child in Directory.EnumerateDirectories(directory))
                Collect(child, pids);
        }
        catch (IOException)
        {
            // A group that went away meanwhile holds no process.
        }
    }

    private static void RemoveOne(string directory)
    {
        foreach (string child in Directory.EnumerateDirectories(directory))
            RemoveOne(child);
        // A killed process leaves its group a moment later.
        var wait = new SpinWait();
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Kill(directory);
            try
            {
                Directory.Delete(directory);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (IOException) when (attempt < Attempts - 1)
            {
                wait.SpinOnce();
            }
        }
    }

    private static void Kill(string directory)
    {
        string list = Path.Combine(directory, "cgroup.procs");
        if (!File.Exists(list))
            return;
        foreach (string line in File.ReadLines(list))
            if (int.TryParse(line, CultureInfo.InvariantCulture, out int pid) && pid > 0 && ProcessIdentity.TryRead(pid, out ProcessIdentity process))
                Signals.Send(process, 9);
    }
}
