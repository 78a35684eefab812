namespace Argosy.Shop.Tests.Running;

/// <summary>An image that is built here is anybody's.</summary>
[Trait("Needs", "Root")]
[Collection(RunningShopCollection.Name)]
public sealed class PodmanTests(ShopUnderTest shop) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string work = Directory.CreateTempSubdirectory("argosy-podman-").FullName;

    [Fact]
    public async Task The_database_that_was_built_here_runs_under_podman()
    {
        await File.WriteAllTextAsync($"{work}/password", "secret");
        (await shop.RunAsync("save", "-o", $"{work}/db.tar", "shop/db")).Succeeded();
        (await PodmanAsync("load", "-q", "-i", $"{work}/db.tar")).Succeeded();
        // podman's own limits are above what some hosts allow.
        (await PodmanAsync("run", "-d", "--name", "db", "--network", "none", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096",
            "-e", "DB_PASSWORD_FILE=/password", "-v", $"{work}/password:/password:ro", "shop/db")).Succeeded();
        await Eventually.TrueAsync("the database answers", Patience, async () => (await PodmanAsync("exec", "db", "healthcheck.sh")).ExitCode == 0);
        const string question = "SELECT string_agg(slug, ' ' ORDER BY slug) FROM products";
        Assert.Equal(await shop.SqlAsync(question), (await PodmanAsync("exec", "db", "psql", "-X", "-At", "-d", "shop", "-c", question)).Succeeded());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await PodmanAsync("rm", "-f", "-v", "-t", "1", "-a");
        await Command.RunAsync("sh", ["-c", $"for m in $(grep -o ' {work}/[^ ]*' /proc/mounts | sort -r); do umount $m; done; rm -rf {work}"], Patience);
    }

    /// <summary>Storage of its own: nothing of the host's podman is seen or left.</summary>
    private Task<CommandResult> PodmanAsync(params string[] arguments) => Command.RunAsync("podman",
        ["--root", $"{work}/storage", "--runroot", $"{work}/run", "--storage-driver", "overlay", "--events-backend", "none", "--cgroup-manager", "cgroupfs", .. arguments], Patience);
}
