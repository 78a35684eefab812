using Argosy.Core;
using Microsoft.Extensions.Hosting;

namespace Argosy.Runtime;

/// <summary>At the daemon's end, removes the directory that its containers' cgroups were in. While one runs, the kernel keeps it.</summary>
internal sealed class CgroupLifetime(DaemonPaths paths) : IHostedService
{
    private readonly HostCgroups cgroups = new();

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (string hierarchy in Directory.EnumerateDirectories(cgroups.Root).Append(cgroups.Root))
            RemoveIfUnused(Path.Combine(hierarchy, paths.InstanceName));
        return Task.CompletedTask;
    }

    private static void RemoveIfUnused(string directory)
    {
        // A cgroup's files do not count: rmdir removes it unless it has children or processes.
        if (!Directory.Exists(directory) || Directory.EnumerateDirectories(directory).Any())
            return;
        try
        {
            Linux.Files.FileTree.RemoveEmptyDirectory(directory);
        }
        catch (IOException)
        {
            // A container came meanwhile, or the kernel is not done with the last one.
        }
    }
}
