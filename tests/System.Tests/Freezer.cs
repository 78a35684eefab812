using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Freezes a process's cgroup behind the daemon's back, on cgroup v1 and v2.</summary>
internal static class Freezer
{
    internal static async Task FreezeAsync(int pid)
    {
        string cgroups = await File.ReadAllTextAsync($"/proc/{pid}/cgroup");
        string? freezer = cgroups.Split('\n').Select(line => line.Split(':', 3)).FirstOrDefault(parts => parts.Length == 3 && parts[1] == "freezer")?[2];
        if (freezer is not null)
        {
            string state = $"/sys/fs/cgroup/freezer{freezer}/freezer.state";
            await File.WriteAllTextAsync(state, "FROZEN");
            await Poll.UntilAsync(() => File.ReadAllText(state).StartsWith("FROZEN", StringComparison.Ordinal), "it is frozen");
        }
        else
        {
            await File.WriteAllTextAsync($"/sys/fs/cgroup{cgroups.Split('\n')[0].Split(':', 3)[2]}/cgroup.freeze", "1");
        }
    }
}
