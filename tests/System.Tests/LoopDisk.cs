using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>A small file system of its own, mounted below /tmp; disposing it takes it away.</summary>
internal sealed class LoopDisk : IAsyncDisposable
{
    private LoopDisk(string path) => Path = path;

    /// <summary>Where it is mounted.</summary>
    internal string Path { get; }

    /// <param name="megabytes">Its size.</param>
    /// <param name="make">The program that makes the file system, with its options.</param>
    internal static async Task<LoopDisk> MountAsync(int megabytes, string make = "mkfs.ext4 -q -F -m 0")
    {
        string path = Directory.CreateTempSubdirectory("argosy-disk-").FullName;
        await Shell.ShAsync($"truncate -s {megabytes}M {path}.img && {make} {path}.img && mount -o loop {path}.img {path}");
        return new LoopDisk(path);
    }

    /// <summary>What a failed test has left mounted in it is taken away too, and said: <see cref="PrivateDaemon"/> looks at its own directory only.</summary>
    public async ValueTask DisposeAsync()
    {
        string left = await Shell.ShAsync($"grep -o ' {Path}/[^ ]*' /proc/self/mountinfo | sort -ru; true");
        foreach (string mount in left.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await Shell.RunAsync("umount", ["-l", mount.Trim()]);
        await Poll.UntilAsync(async () => (await Shell.RunAsync("umount", [Path])).ExitCode == 0, $"{Path} can be unmounted");
        Directory.Delete(Path);
        File.Delete(Path + ".img");
        if (left.Length > 0)
            throw new InvalidOperationException($"left mounted:\n{left}");
    }
}
