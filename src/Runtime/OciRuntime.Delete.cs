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
            await DeleteStateAsync(bundle, runtimes.At(path));
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
    private async Task DeleteStateAsync(Bundle bundle, RuntimeBinary runtime)
    {
        ContainerId id = bundle.Id;
        string state = runtime.StateDirectory(id.Value);
        if (!Directory.Exists(state))
            return;
        bool ended = runtime.IsCrun && bundle.Init is { } init && !init.IsAlive();
        if (ended || !File.Exists(runtime.Path))
        {
            // Of an ended container `crun delete` removes the cgroups, which is done below in any case, and this directory: no work for a
            // process. The same where the runtime was uninstalled under its containers: whatever is in their cgroups is killed below.
            if (bundle.CgroupPath is { } cgroup)
                CgroupTree.Thaw(cgroups.Root, cgroup);
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
