using System.Text;
using Argosy.Build.Cache;
using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

public sealed class MountTests
{
    [Fact]
    public async Task A_bind_mount_shows_the_context_and_a_stage_and_counts_by_content()
    {
        await using var fixture = new BuildFixture();
        const string Dockerfile = "FROM base AS one\nRUN make\nFROM base\nARG DIR=dir\nRUN --mount=target=/ctx,source=$DIR --mount=type=bind,from=one,target=/stage,rw build";
        var seen = new List<string>();
        fixture.Runner.Before = (command, _) =>
        {
            seen.AddRange(command.Mounts.OfType<StepMount.Bind>().Select(mount => $"{mount.Target} {mount.ReadOnly} {string.Join(',', Directory.EnumerateFileSystemEntries(mount.HostPath).Select(Path.GetFileName))}"));
            return Task.CompletedTask;
        };
        await fixture.With("dir/a", "1").With("other", "1").BuildAsync(Dockerfile);
        Assert.Equal(["/ctx True a", "/stage False ran"], seen);
        await fixture.With("other", "2").BuildAsync(Dockerfile);
        Assert.Equal(2, fixture.Runner.Commands.Count);
        await fixture.With("dir/a", "2").BuildAsync(Dockerfile);
        Assert.Equal(3, fixture.Runner.Commands.Count);
    }

    [Fact]
    public async Task What_is_written_to_a_writable_bind_mount_is_thrown_away()
    {
        await using var fixture = new BuildFixture();
        fixture.Runner.Before = (command, _) =>
        {
            string path = Assert.IsType<StepMount.Bind>(Assert.Single(command.Mounts)).HostPath;
            Assert.Equal(["Dockerfile", "a"], Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry)!).Order(StringComparer.Ordinal));
            File.WriteAllText(Path.Combine(path, "new"), "x");
            return Task.CompletedTask;
        };
        await fixture.With("a", "1").BuildAsync("FROM base\nRUN --mount=target=/ctx,rw one\nRUN --mount=target=/ctx,rw two");
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(fixture.Directory), path => path.Contains(".fetch-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cache_is_found_again_and_is_no_part_of_the_key()
    {
        await using var fixture = new BuildFixture();
        var content = new List<string>();
        fixture.Runner.Before = (command, _) =>
        {
            string path = Assert.IsType<StepMount.Bind>(Assert.Single(command.Mounts)).HostPath;
            content.Add(string.Concat(Directory.EnumerateFiles(path).Select(File.ReadAllText)));
            File.AppendAllText(Path.Combine(path, "file"), "x");
            return Task.CompletedTask;
        };
        await fixture.BuildAsync("FROM base\nRUN --mount=type=cache,target=/c one");
        await fixture.BuildAsync("FROM base\nRUN --mount=type=cache,target=/c one");
        await fixture.BuildAsync("FROM base\nWORKDIR /\nRUN --mount=type=cache,id=/c,target=d two");
        await fixture.BuildAsync("FROM base\nRUN --mount=type=cache,target=/other,mode=0700,uid=0 three");
        Assert.Equal(["", "x", ""], content);
        Assert.Equal(2, fixture.Cache.Entries.Count(entry => entry.Type == BuildCacheEntry.CacheMount));
        await fixture.Cache.PruneAsync(new BuildPrune());
        Assert.Empty(fixture.Cache.Entries);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(fixture.Directory, "build-mounts")));
    }

    [Fact]
    public async Task A_new_cache_begins_with_what_it_is_made_from()
    {
        await using var fixture = new BuildFixture();
        string found = "";
        fixture.Runner.Before = (command, _) =>
        {
            foreach (StepMount.Bind mount in command.Mounts.OfType<StepMount.Bind>())
                found = string.Join(',', Directory.EnumerateFileSystemEntries(mount.HostPath).Select(Path.GetFileName));
            return Task.CompletedTask;
        };
        await fixture.BuildAsync("FROM base AS one\nRUN make\nFROM base\nRUN --mount=type=cache,from=one,target=/c x");
        Assert.Equal("ran", found);
    }

    [Theory]
    [InlineData("shared", 2, 1)]
    [InlineData("locked", 1, 1)]
    [InlineData("private", 2, 2)]
    public async Task Sharing_decides_who_uses_a_cache_at_the_same_time(string sharing, int together, int directories)
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("FROM base\nRUN --mount=type=cache,target=/c first");
        var paths = new HashSet<string>();
        int inside = 0, most = 0;
        var both = new TaskCompletionSource();
        fixture.Runner.Before = async (command, cancellationToken) =>
        {
            int now = Interlocked.Increment(ref inside);
            lock (paths)
            {
                paths.Add(((StepMount.Bind)command.Mounts[0]).HostPath);
                most = Math.Max(most, now);
            }
            if (now == together)
                both.TrySetResult();
            await both.Task.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken);
            Interlocked.Decrement(ref inside);
        };
        await Task.WhenAll(Enumerable.Range(0, 2).Select(number => fixture.BuildAsync($"FROM base\nRUN --mount=type=cache,target=/c,sharing={sharing} step{number}")));
        Assert.Equal((together, directories), (most, paths.Count));
    }

    [Fact]
    public async Task A_secret_reaches_the_step_and_nothing_else()
    {
        await using var fixture = new BuildFixture();
        var secrets = new Dictionary<string, ReadOnlyMemory<byte>> { ["token"] = "hunter2-hunter2"u8.ToArray() };
        const string Dockerfile = "FROM base\nRUN --mount=type=secret,id=token,mode=0440,gid=5 --mount=type=secret,id=token,env=TOKEN --mount=type=secret,id=absent use";
        BuiltImage image = await fixture.BuildAsync(Dockerfile, request => request with { Secrets = secrets });
        StepCommand command = Assert.Single(fixture.Runner.Commands);
        var secret = Assert.IsType<StepMount.Secret>(Assert.Single(command.Mounts));
        Assert.Equal(("/run/secrets/token", "hunter2-hunter2", 0x120, 5u), (secret.Target, Encoding.UTF8.GetString(secret.Content.Span), secret.Permissions, secret.Group));
        Assert.Contains("TOKEN=hunter2-hunter2", command.Environment);
        Assert.DoesNotContain("hunter2", image.Json.GetRawText() + fixture.Output + string.Concat(fixture.Cache.Entries), StringComparison.Ordinal);
        secrets["token"] = "changed"u8.ToArray();
        await fixture.BuildAsync(Dockerfile, request => request with { Secrets = secrets });
        Assert.Single(fixture.Runner.Commands);
    }

    [Theory]
    [InlineData("RUN --mount=type=secret,id=absent,required x", "secret absent: not found")]
    [InlineData("RUN --mount=source=absent,target=/x x", "\"/absent\": not found")]
    [InlineData("RUN --mount=from=nosuch,target=/x x", "pull access denied for nosuch")]
    [InlineData("RUN --mount=type=ssh,required x", "no SSH key \"default\" forwarded from the client")]
    [InlineData("ARG T\nRUN --mount=type=$T,target=/x x", "unsupported mount type")]
    public async Task What_is_missing_is_named(string instruction, string expected)
    {
        await using var fixture = new BuildFixture();
        var exception = await Assert.ThrowsAsync<EngineException>(() => fixture.BuildAsync("FROM base\n" + instruction));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outer_mounts_come_before_inner_ones()
    {
        await using var fixture = new BuildFixture();
        await fixture.BuildAsync("FROM base\nWORKDIR /w\nRUN --mount=type=tmpfs,target=a/b,size=1m --mount=type=tmpfs,target=/w/a x");
        Assert.Equal([new StepMount.Tmpfs("/w/a", null), new StepMount.Tmpfs("/w/a/b", 1 << 20)], fixture.Runner.Commands[0].Mounts);
    }
}
