using System.Text.RegularExpressions;

namespace Argosy.Architecture.Tests;

/// <summary>The arrows of the design: who may reference whom. A new arrow is a decision: change the design with this table.</summary>
public sealed partial class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Contract"] = [],
        ["Linux"] = ["Core"],
        ["Store"] = ["Core"],
        ["Images"] = ["Core", "Linux", "Store"],
        ["Registry"] = ["Core"],
        ["Build"] = ["Core", "Linux", "Store"],
        ["Runtime"] = ["Core", "Linux", "Store"],
        ["Networks"] = ["Core", "Linux", "Store"],
        ["Volumes"] = ["Core", "Linux", "Store"],
        ["Engine"] = ["Core", "Linux", "Store", "Images", "Registry", "Build", "Runtime", "Networks", "Volumes"],
        ["Catalog"] = ["Core", "Linux", "Store", "Engine"],
        ["Stacks"] = ["Core", "Store", "Engine", "Contract"],
        ["Api"] = ["Core", "Contract", "Engine", "Stacks", "Catalog"],
        ["Daemon"] = ["Core", "Api", "Engine", "Stacks", "Catalog"],
        ["Client"] = ["Contract"],
        ["Compose"] = ["Contract"],
        ["Cli"] = ["Client", "Compose", "Contract", "Linux"],
    };

    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(SourceTree.Src, "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string project)
    {
        string text = File.ReadAllText(Path.Combine(SourceTree.Src, project, project + ".csproj"));
        string[] references = [.. Reference().Matches(text).Select(match => match.Groups[1].Value)];
        Assert.True(Allowed.TryGetValue(project, out string[]? allowed), $"{project} is not in the table");
        Assert.Empty(references.Except(allowed!));
    }

    [GeneratedRegex("ProjectReference Include=\"[^\"]*/([A-Za-z]+)\\.csproj\"")]
    private static partial Regex Reference();
}
