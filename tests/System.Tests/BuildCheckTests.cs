using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Docker's build checks: <c>argosy build --check</c>, and what a build tells.</summary>
[Trait("Needs", "Root")]
public sealed class BuildCheckTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    private readonly PrivateDaemon daemon = fixture.Daemon;
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-check-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_check_builds_nothing_and_fails_on_a_warning()
    {
        await WriteAsync("FROM busybox AS Tools\nRUN exit 7\nFROM busybox\nENV X=$PATHS\nCOPY kept ignored /\n");
        await File.WriteAllTextAsync($"{directory}/.dockerignore", "ignored\n");
        ShellResult check = await ArgosyAsync("build", "--check", directory);
        Assert.Equal(1, check.ExitCode);
        Assert.Equal("", check.Error);
        Assert.Equal("""
            Check complete, 3 warnings have been found!

            WARNING: StageNameCasing - https://docs.docker.com/go/dockerfile/rule/stage-name-casing/
            Stage name 'Tools' should be lowercase
            Dockerfile:1
            --------------------
               1 | >>> FROM busybox AS Tools
               2 |     RUN exit 7
               3 |     FROM busybox
            --------------------

            WARNING: UndefinedVar - https://docs.docker.com/go/dockerfile/rule/undefined-var/
            Usage of undefined variable '$PATHS' (did you mean $PATH?)
            Dockerfile:4
            --------------------
               2 |     RUN exit 7
               3 |     FROM busybox
               4 | >>> ENV X=$PATHS
               5 |     COPY kept ignored /
               6 |     
            --------------------

            WARNING: CopyIgnoredFile - https://docs.docker.com/go/dockerfile/rule/copy-ignored-file/
            Attempting to Copy file "ignored" that is excluded by .dockerignore
            Dockerfile:5
            --------------------
               3 |     FROM busybox
               4 |     ENV X=$PATHS
               5 | >>> COPY kept ignored /
               6 |     
            --------------------

            """, check.Output);
        ShellResult json = await ArgosyAsync("build", "--call=check,format=json", "--build-arg", "BUILDKIT_DOCKERFILE_CHECK=skip=StageNameCasing,CopyIgnoredFile", directory);
        Assert.StartsWith("{\"warnings\":[{\"ruleName\":\"UndefinedVar\",", json.Output, StringComparison.Ordinal);
        Assert.Equal(1, json.ExitCode);
        Assert.Equal("Check complete, no warnings found.", (await ArgosyAsync("build", "--check", "--build-arg", "BUILDKIT_DOCKERFILE_CHECK=skip=all", directory)).Succeeded());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(daemon.DataRoot, "tmp"), "build-*"));
    }

    [Fact]
    public async Task A_build_tells_its_warnings_and_fails_where_they_are_errors()
    {
        await WriteAsync("FROM busybox\nMAINTAINER me\n");
        string built = (await ArgosyAsync("build", "-t", "checked", directory)).Succeeded();
        Assert.Contains("\n 1 warning found:\n - MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label (line 2)\nDockerfile:2\n", built, StringComparison.Ordinal);
        Assert.EndsWith("Successfully tagged checked:latest", built, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", (await ArgosyAsync("build", "-q", directory)).Succeeded(), StringComparison.Ordinal);
        await WriteAsync("# check=error=true\nFROM busybox\nMAINTAINER me\n");
        ShellResult failed = await ArgosyAsync("build", directory);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("MaintainerDeprecated", failed.Output, StringComparison.Ordinal);
        Assert.Contains("lint violation found for rules: MaintainerDeprecated", failed.Error, StringComparison.Ordinal);
    }

    private Task WriteAsync(string dockerfile) => File.WriteAllTextAsync($"{directory}/Dockerfile", dockerfile);

    private Task<ShellResult> ArgosyAsync(params string[] arguments) =>
        Shell.RunAsync(Repository.Cli, arguments, environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host });
}
