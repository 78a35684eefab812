using Argosy.Core;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Tests;

/// <summary>A private runtime with its own roots and a busybox root file system; leaves nothing behind.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-rt-").FullName;
    private readonly List<ContainerId> ids = [];

    public TestHost()
    {
        Paths = new DaemonPaths(Path.Combine(directory, "lib"), Path.Combine(directory, "run"), "argosy-test-" + Path.GetFileName(directory)[^6..]);
        Exits = new ExitWatcher(Paths, Watcher);
        Exits.Start();
        Runtime = new OciRuntime(Paths, new RuntimeOptions(), Exits);
    }

    public FileWatcher Watcher { get; } = new();

    public DaemonPaths Paths { get; }

    public ExitWatcher Exits { get; }

    public OciRuntime Runtime { get; }

    public string LogPath(ContainerId id) => Path.Combine(directory, id.Short + ".log");

    public ContainerSpec Spec(params string[] args)
    {
        var id = ContainerId.New();
        ids.Add(id);
        return new ContainerSpec
        {
            Id = id,
            RootfsPath = Rootfs(),
            Hostname = id.Short,
            Process = new ProcessSpec { Args = args, Env = ["PATH=/bin"] },
            LogPath = LogPath(id),
        };
    }

    public async Task<ContainerExit> NextExitAsync() =>
        await Exits.Exits.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);

    public async Task<(ContainerExit Exit, string Log)> RunAsync(ContainerSpec spec)
    {
        await Runtime.CreateAsync(spec, CancellationToken.None);
        await Runtime.StartAsync(spec.Id, CancellationToken.None);
        ContainerExit exit = await NextExitAsync();
        string log = File.ReadAllText(LogPath(spec.Id));
        await Runtime.DeleteAsync(spec.Id);
        return (exit, log);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ContainerId id in ids)
            await Runtime.DeleteAsync(id);
        await Exits.DisposeAsync();
        Watcher.Dispose();
        Runtime.Dispose();
        if (CgroupTree.Directories("/sys/fs/cgroup", Paths.InstanceName).Any())
            throw new InvalidOperationException("a cgroup was left behind");
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>One for each: what a container writes is its own.</summary>
    private string Rootfs()
    {
        string root = Path.Combine(directory, "rootfs" + ids.Count);
        foreach (string name in new[] { "bin", "proc", "dev", "sys", "tmp", "etc", "sbin" })
            Directory.CreateDirectory(Path.Combine(root, name));
        File.Copy("/bin/busybox", Path.Combine(root, "bin/busybox"));
        foreach (string applet in new[] { "sh", "true", "echo", "sleep", "cat", "id", "ls", "mount", "stty", "head", "tr", "grep", "kill", "dd", "hostname", "touch", "mknod", "ps", "readlink", "chroot" })
            File.CreateSymbolicLink(Path.Combine(root, "bin", applet), "busybox");
        File.WriteAllText(Path.Combine(root, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nalice:x:1000:1001::/home/alice:/bin/sh\n");
        File.WriteAllText(Path.Combine(root, "etc/group"), "root:x:0:\nstaff:x:50:alice\nalice:x:1001:\nextra:x:77:bob,alice\n");
        return root;
    }
}
