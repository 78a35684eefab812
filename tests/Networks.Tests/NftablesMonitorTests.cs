using Argosy.Linux.Nftables;
using Argosy.Testing;

namespace Argosy.Networks.Tests;

[Trait("Needs", "Root")]
public sealed class NftablesMonitorTests
{
    [Fact]
    public async Task Foreign_changes_of_the_table_are_told_and_our_own_and_those_of_other_tables_are_not()
    {
        await using TestDaemon daemon = await TestDaemon.StartAsync();
        int told = 0;
        using var monitor = new NftablesMonitor(daemon.Instance, () => Interlocked.Increment(ref told));
        await daemon.Networks.CreateAsync(new NetworkSpec { Name = "one" }, default);
        string other = daemon.Instance + "x";
        await Shell.RunAsync("nft", "add", "table", "inet", other);
        await Shell.RunAsync("nft", "delete", "table", "inet", other);
        // What is told is told in order: once this one is, nothing before it will be.
        await Shell.RunAsync("nft", "add", "chain", "inet", daemon.Instance, "foreign");
        await Poll.UntilAsync(() => Volatile.Read(ref told) > 0, "the foreign change is told");
        Assert.Equal(1, Volatile.Read(ref told));
    }
}
