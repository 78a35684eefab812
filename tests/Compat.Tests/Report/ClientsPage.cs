using System.Text;
using System.Text.RegularExpressions;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.Report;

/// <summary>The section "Clients" of docs/compatibility.md, between two comments; what others write around it stays.</summary>
internal static partial class ClientsPage
{
    private const string Begin = "<!-- clients: written by tests/Compat.Tests -->";
    private const string End = "<!-- end of clients -->";
    private static readonly string File = Path.Combine(Repository.Root, "docs/compatibility.md");

    /// <summary>Whether the page is to be written and not compared.</summary>
    internal static bool IsWriting => Environment.GetEnvironmentVariable("ARGOSY_WRITE_DOCS") == "1";

    /// <summary>What the page says of each case: client, what it does, argosyd, dockerd.</summary>
    internal static IReadOnlyDictionary<(string Client, string Name), string> Read() =>
        !System.IO.File.Exists(File) ? new Dictionary<(string, string), string>()
            : Row().Matches(System.IO.File.ReadAllText(File)).ToDictionary(row => (row.Groups["client"].Value, row.Groups["name"].Value), row => row.Groups["argosyd"].Value);

    /// <summary>How argosyd did in a case, in the page's word.</summary>
    internal static string Word(CaseResult result) => !result.Passed ? "fails" : result.Client == RefusedTests.Heading ? "refuses it" : "passes";

    internal static void Write(IEnumerable<CaseResult> results)
    {
        string text = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File) : "# Compatibility\n\n" + Begin + "\n" + End + "\n";
        if (!text.Contains(Begin, StringComparison.Ordinal))
            text = text.TrimEnd('\n') + "\n\n" + Begin + "\n" + End + "\n";
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File, text[..begin] + "\n" + Section(results) + text[end..]);
    }

    private static string Section(IEnumerable<CaseResult> results)
    {
        var text = new StringBuilder("## Clients\n\nPrograms that we did not write, driven by `tests/Compat.Tests`, which wrote this section from a run and fails when it is no longer true.\n")
            .Append("The same cases are run against Debian's dockerd (20.10, API 1.41) where it is installed, which proves that they ask for the right thing.\n");
        foreach (IGrouping<string, CaseResult> client in results.GroupBy(result => result.Client).OrderBy(client => client.Key == RefusedTests.Heading).ThenBy(client => client.Key, StringComparer.Ordinal))
        {
            text.Append($"\n### {client.Key}\n\n| what it does | argosyd | dockerd 20.10 |\n|---|---|---|\n");
            foreach (IGrouping<string, CaseResult> one in client.GroupBy(result => result.Name).OrderBy(one => one.Key, StringComparer.Ordinal))
                text.Append($"| {one.Key} <!-- {client.Key} --> | {Column(one, EngineKind.Argosyd)} | {Column(one, EngineKind.Dockerd)} |\n");
        }
        return text.Append('\n').ToString();
    }

    private static string Column(IEnumerable<CaseResult> results, EngineKind engine) =>
        results.FirstOrDefault(result => result.Engine == engine) is { } result ? engine == EngineKind.Dockerd ? result.Passed ? "passes" : "fails" : Word(result) : "not asked";

    [GeneratedRegex(@"^\| (?<name>[^|]+) <!-- (?<client>[^>]+) --> \| (?<argosyd>[^|]+) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
