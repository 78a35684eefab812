using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Where contexts are while they are built: small ones in memory, and all of them whole and gone in the end.</summary>
[Trait("Needs", "Root")]
public sealed class BuildContextTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    private readonly PrivateDaemon daemon = fixture.Daemon;
    private readonly BuildClient client = new(fixture.Daemon);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_small_context_is_in_memory_and_gone_when_the_build_has_ended()
    {
        string output = await client.BuildAsync("", "FROM busybox\nRUN --mount=type=bind,target=/c stat -f -c %T /c && cat /c/a", ("a", "small\n"));
        Assert.Contains("tmpfs\nsmall\n", output, StringComparison.Ordinal);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task A_daemon_killed_with_a_context_in_memory_unmounts_it_at_its_next_start()
    {
        Task build = client.TryAsync("", "FROM busybox\nCOPY a /a\nRUN sleep 2345", files: ("a", "a"));
        await Poll.UntilAsync(() => daemon.Snapshot().Mounts.Any(IsContext), "the context is mounted");
        await daemon.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => build);
        await daemon.StartAgainAsync();
        Assert.Empty(Left());
    }

    [Theory]
    [InlineData(17 << 20, false)]
    [InlineData(70 << 20, true)]
    public async Task A_context_that_is_too_large_for_memory_sent_or_unfolded_is_on_the_disk_and_whole(int size, bool compressed)
    {
        client.Compressed = compressed;
        string output = await client.BuildAsync("", """
            FROM busybox
            COPY . /c
            RUN --mount=type=bind,target=/m stat -f -c %T /m && cat /m/first /c/first && wc -c < /c/large && tail -c 5 /c/large && cmp /m/large /c/large && cat /c/last
            """, ("first", "one\n"), ("large", new string('x', size) + "end\n"), ("last", "two\n"));
        Assert.DoesNotContain("tmpfs", output, StringComparison.Ordinal);
        Assert.Contains($"\none\none\n{size + 4}\nxend\ntwo\n", output, StringComparison.Ordinal);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task Thousands_of_empty_files_are_more_than_memory_takes()
    {
        client.Compressed = true;
        (string, string)[] files = [.. Enumerable.Range(0, 70_000).Select(number => ($"d{number / 1000}/f{number}", ""))];
        string output = await client.BuildAsync("", "FROM busybox\nRUN --mount=type=bind,target=/m find /m -type f | wc -l", files);
        Assert.Contains("\n70001\n", output, StringComparison.Ordinal);
        Assert.Empty(Left());
    }

    [Fact]
    public async Task A_build_that_fails_before_its_first_step_leaves_nothing()
    {
        (_, string? error) = await client.TryAsync("dockerfile=nosuch", "FROM busybox");
        Assert.Equal("Cannot locate specified Dockerfile: nosuch", error);
        Assert.Empty(Left());
    }

    private string[] Left() => [.. daemon.Snapshot().Files.Concat(daemon.Snapshot().Mounts).Where(path => path.Contains("build-", StringComparison.Ordinal))];

    private static bool IsContext(string mount) => mount.Contains("/tmp/build-", StringComparison.Ordinal);
}
