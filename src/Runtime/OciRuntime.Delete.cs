using Argosy.Core;
using Argosy.Linux.Processes;
using Argosy.Runtime.Conmon;

namespace Argosy.Runtime;

public sealed partial class OciRuntime
{
    /// <summary>Removes what there is of a container: processes, cgroups, bundle, exit file. Idempotent; what a crash left is removed too.</summary>
    public async Task DeleteAsync(ContainerId id)
    {
        Bundle bundle = Bundle(id);
        if (bundle.Runtime is { } path)
            await DeleteStateAsync(runtimes.At(path), id);
        await ConmonEnd.WaitAsync(bundle.ConmonPidFile, id.Value);
        if (bundle.CgroupPath is { } cgroup)
            CgroupTree.Remove(cgroups.Root, cgroup);
        foreach ((ContainerId, string) key in early.Keys.Where(key => key.Item1 == id))
            await ForgetAttachmentAsync(key);
        exits.Unwatch(id);
        if (bundle.Exists)
            Directory.Delete(bundle.Directory, recursive: true);
        File.Delete(bundle.ExitFile);
    }

    /// <summary>The runtime kills what is left, and removes the cgroups and its own record; without a record there is nothing for it to do.</summary>
    private static async Task DeleteStateAsync(RuntimeBinary runtime, ContainerId id)
    {
        string state = runtime.StateDirectory(id.Value);
        if (!Directory.Exists(state))
            return;
        if (!File.Exists(runtime.Path))
        {
            // Uninstalled under its containers. What it would do is done below: the cgroup's processes are killed, the cgroup is removed.
            Directory.Delete(state, recursive: true);
            return;
        }
        (int exitCode, string output) = await RuntimeCommand.RunAsync(runtime, "delete", "--force", id.Value);
        if (!Directory.Exists(state))
            return;
        // A record that a crash cut short cannot be read by the runtime that wrote it.
        if (exitCode != 0 && !File.Exists(Path.Combine(state, "status")) && !File.Exists(Path.Combine(state, "state.json")))
            Directory.Delete(state, recursive: true);
        else
            throw new EngineException(ErrorKind.Internal, $"cannot delete container {id}: {output.Trim()}");
    }

    private async Task ForgetAttachmentAsync((ContainerId, string) key)
    {
        if (early.TryRemove(key, out Attachment? attachment))
            await attachment.DisposeAsync();
    }
}
