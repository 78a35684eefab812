using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>The daemon's data on a file system whose files can share their bytes.</summary>
[Trait("Needs", "Root")]
public sealed class ReflinkTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task A_clone_of_a_volume_shares_the_bytes_and_a_container_uses_both()
    {
        await using LoopDisk disk = await LoopDisk.MountAsync(400, "mkfs.btrfs -q");
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { DataRoot = disk.Path + "/data" });
        EngineApi api = daemon.Api;
        string data = (string)(await api.PostAsync("volumes/create", new JsonObject { ["Name"] = "big" })).Json["Mountpoint"]!;
        await Shell.ShAsync($"head -c {64 * Megabyte} /dev/urandom > {data}/file && sync -f {data}");
        long before = Free(disk);
        await api.PostAsync("argosy/volumes/big/clone", new JsonObject { ["Name"] = "twin" });
        await Shell.ShAsync($"sync -f {data}");
        Assert.InRange(before - Free(disk), 0, 8 * Megabyte);
        (await api.RunToEndAsync(Containers.Script("cmp /big/file /twin/file && echo changed > /twin/file && ! cmp -s /big/file /twin/file")
            .Host("Binds", new JsonArray("big:/big", "twin:/twin")))).Succeeded();
    }

    private static long Free(LoopDisk disk) => new DriveInfo(disk.Path).AvailableFreeSpace;
}
