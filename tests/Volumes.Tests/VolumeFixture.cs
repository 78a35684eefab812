using Argosy.Core;
using Argosy.Linux.Files;
using Argosy.Linux.Mounts;
using Argosy.Store;

namespace Argosy.Volumes.Tests;

public sealed class VolumeFixture : IAsyncDisposable, IVolumeUsage
{
    private StateStore? state;

    public string Root { get; } = Directory.CreateTempSubdirectory("argosy-vol-").FullName;

    public Dictionary<string, string[]> Users { get; } = [];

    public VolumeStore Open()
    {
        state = StateStore.Open(Path.Combine(Root, "state.db"));
        var paths = new DaemonPaths(Root, Path.Combine(Root, "run"));
        return new VolumeStore(paths, state, this, new DiskSync(paths), TimeProvider.System);
    }

    public async Task<VolumeStore> ReopenAsync()
    {
        await state!.DisposeAsync();
        return Open();
    }

    public IReadOnlyList<string> UsersOf(string volumeName) => Users.GetValueOrDefault(volumeName, []);

    public IReadOnlyList<string> RunningUsersOf(string volumeName) => UsersOf(volumeName);

    public async ValueTask DisposeAsync()
    {
        await state!.DisposeAsync();
        foreach (string mount in MountTable.Below(Root))
            MountCalls.TryUnmount(mount);
        FileTree.Remove(Root);
    }
}
