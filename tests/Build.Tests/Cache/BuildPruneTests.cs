using Argosy.Build.Cache;

namespace Argosy.Build.Tests.Cache;

public sealed class BuildPruneTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Used ten, nine, … hours ago, 100 bytes each.
    private static readonly BuildCacheEntry[] Entries =
        [.. Enumerable.Range(1, 10).Select(number => new BuildCacheEntry($"{number}", "x", 100, Now, Now.AddHours(number - 11), 0) { Layer = $"{number}", Type = number > 8 ? BuildCacheEntry.CacheMount : BuildCacheEntry.Step })];

    [Theory]
    [InlineData(null, null, null, 0, 10)]
    [InlineData(300L, null, null, 0, 7)]
    [InlineData(null, 300L, null, 0, 7)]
    [InlineData(500L, 300L, null, 0, 5)]
    [InlineData(300L, 500L, null, 0, 5)]
    [InlineData(null, null, 1000L, 1000, 0)]
    [InlineData(null, null, 1000L, 800, 2)]
    [InlineData(null, 900L, 1000L, 800, 2)]
    [InlineData(null, 700L, 1000L, 800, 3)]
    [InlineData(900L, null, 1000L, 800, 1)]
    [InlineData(null, null, 1000L, -5000, 10)]
    [InlineData(5000L, null, null, 0, 0)]
    public void Bounds_decide_how_many_go_the_longest_unused_first(long? reserved, long? most, long? free, long isFree, int expected)
    {
        var prune = new BuildPrune { ReservedSpace = reserved, MaxUsedSpace = most, MinFreeSpace = free, FreeSpace = isFree };
        Assert.Equal(Entries.Take(expected).Select(entry => entry.Id), prune.Choose(Entries).Select(entry => entry.Id));
    }

    [Fact]
    public void A_rule_counts_everything_and_takes_only_what_it_is_for()
    {
        BuildPrune prune = new BuildCacheRule { UnusedFor = TimeSpan.FromHours(1.5), Type = BuildCacheEntry.CacheMount, MaxUsedSpace = 100 }.ToPrune(Now, 0);
        Assert.Equal(["9"], prune.Choose(Entries).Select(entry => entry.Id));
    }

    [Fact]
    public void A_result_under_another_key_goes_with_it()
    {
        BuildCacheEntry[] entries = [.. Entries, Entries[0] with { Id = "again", Size = 0, LastUsed = Now }];
        Assert.Equal(["1", "again"], new BuildPrune { MaxUsedSpace = 900 }.Choose(entries).Select(entry => entry.Id));
    }
}
