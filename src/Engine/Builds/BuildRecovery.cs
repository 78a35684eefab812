using Argosy.Build.Cache;
using Argosy.Core;
using Argosy.Images.Snapshots;
using Argosy.Linux.Files;
using Argosy.Networks;
using Argosy.Runtime;

namespace Argosy.Engine.Builds;

/// <summary>Removes what builds left that were running when the daemon was killed: their client is gone, nobody waits for them.</summary>
public sealed class BuildRecovery(ISnapshotter snapshots, OciRuntime runtime, NetworkManager networks, CacheMounts caches, DaemonPaths paths)
{
    /// <summary>Call once at start, before the API answers.</summary>
    public async Task CleanAsync()
    {
        foreach (RuntimeState state in runtime.ListOnDisk().Where(state => BuildId.IsOne(state.Id.Value)))
            await runtime.DeleteAsync(state.Id);
        IEnumerable<string> directories = Directory.EnumerateDirectories(paths.Containers).Select(path => Path.GetFileName(path)!);
        foreach (string key in snapshots.Keys().Concat(directories).Where(BuildId.IsOne).Distinct().ToArray())
        {
            var id = new ContainerId(key);
            await runtime.DeleteAsync(id);
            await networks.TearDownAsync(id);
            await snapshots.RemoveAsync(key);
            FileTree.Remove(paths.Container(id));
        }
        SecretFiles.RemoveAll(paths.BuildSecrets);
        caches.Recover();
        if (!Directory.Exists(paths.Temporary))
            return;
        foreach (string directory in Directory.EnumerateDirectories(paths.Temporary, "build-*"))
            ContextDirectory.Remove(directory);
    }
}
