using Argosy.Testing;

namespace Argosy.Architecture.Tests;

/// <summary>scripts/sources.sh, by which the tests know a binary that is older than the sources.</summary>
public sealed class SourceDigestTests : IDisposable
{
    private readonly string tree = Directory.CreateTempSubdirectory("argosy-sources-").FullName;

    public void Dispose() => Directory.Delete(tree, recursive: true);

    [Fact]
    public async Task It_is_of_the_sources_content_alone()
    {
        Directory.CreateDirectory($"{tree}/scripts");
        Directory.CreateDirectory($"{tree}/src/A/obj");
        File.Copy(Path.Combine(Repository.Root, "scripts/sources.sh"), $"{tree}/scripts/sources.sh");
        foreach (string file in (string[])["Directory.Build.props", "Directory.Packages.props", "global.json", "src/A/a.cs"])
            await File.WriteAllTextAsync($"{tree}/{file}", file);
        string before = await DigestAsync();
        Assert.Equal(64, before.Length);
        File.SetLastWriteTimeUtc($"{tree}/src/A/a.cs", new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await File.WriteAllTextAsync($"{tree}/src/A/obj/made.cs", "x");
        await File.WriteAllTextAsync($"{tree}/README.md", "x");
        Assert.Equal(before, await DigestAsync());
        await File.WriteAllTextAsync($"{tree}/src/A/b.cs", "x");
        string added = await DigestAsync();
        Assert.NotEqual(before, added);
        await File.AppendAllTextAsync($"{tree}/Directory.Packages.props", "x");
        Assert.NotEqual(added, await DigestAsync());
    }

    private async Task<string> DigestAsync() => (await Shell.ShAsync($"{tree}/scripts/sources.sh")).Trim();
}
