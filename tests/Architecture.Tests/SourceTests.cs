using System.Text.RegularExpressions;
using Argosy.Testing;

namespace Argosy.Architecture.Tests;

public sealed partial class SourceTests
{
    private const int LongestFile = 450;

    // Split, so that this file does not name them.
    private static readonly string[] Hosts = ["nuget" + ".org", "npmjs" + ".org", "pypi" + ".org", "deb.debian" + ".org", "archive.ubuntu" + ".com", "security.debian" + ".org"];

    [Fact]
    public void No_file_is_longer_than_a_person_reads_at_once() =>
        Assert.Empty(SourceTree.Files().Where(path => File.ReadLines(path).Count() > LongestFile).Select(SourceTree.Relative));

    [Fact]
    public void Only_Linux_calls_the_kernel() =>
        Assert.Empty(SourceTree.Files().Where(path => !SourceTree.Relative(path).StartsWith("src/Linux/", StringComparison.Ordinal) && NativeImport().IsMatch(File.ReadAllText(path))).Select(SourceTree.Relative));

    [Fact]
    public void Every_public_type_is_documented() =>
        Assert.Empty(SourceTree.Files().SelectMany(path => Undocumented(path, File.ReadAllLines(path))));

    [Fact]
    public async Task No_committed_file_names_a_package_registry()
    {
        foreach (string host in Hosts)
        {
            ShellResult result = await Shell.RunAsync("git", ["grep", "-I", "-l", "-F", host], directory: Repository.Root);
            Assert.True(result.ExitCode == 1 && result.Output.Length == 0, $"{host}: {result}");
        }
    }

    private static IEnumerable<string> Undocumented(string path, string[] lines)
    {
        // A part of a partial type is documented in one of its files: the one named like the type.
        bool isPart = Path.GetFileNameWithoutExtension(path).Contains('.', StringComparison.Ordinal);
        for (int at = 0; at < lines.Length && !isPart; at++)
        {
            // A JSON context says all in its attributes.
            if (!PublicType().IsMatch(lines[at]) || lines[at].Contains(": JsonSerializerContext", StringComparison.Ordinal))
                continue;
            int above = at - 1;
            while (above >= 0 && lines[above].TrimStart().StartsWith('['))
                above--;
            if (above < 0 || !lines[above].TrimStart().StartsWith("///", StringComparison.Ordinal))
                yield return $"{SourceTree.Relative(path)}:{at + 1}";
        }
    }

    [GeneratedRegex(@"^\s*\[(DllImport|LibraryImport)\b", RegexOptions.Multiline)]
    private static partial Regex NativeImport();

    [GeneratedRegex(@"^public (static |sealed |abstract |partial |readonly |unsafe )*(class|record|struct|interface|enum|delegate)\b")]
    private static partial Regex PublicType();
}
