using System.Text.RegularExpressions;
using Argosy.CompatTests.Engines;
using Argosy.CompatTests.Report;
using Argosy.Testing;

namespace Argosy.CompatTests.NodeClients;

/// <summary>Runs a suite of node's own test runner, and records each of its tests.</summary>
[Trait("Needs", "Root")]
public abstract partial class NodeTests(EngineFixture engines, NodeFixture node) : IClassFixture<EngineFixture>, IClassFixture<NodeFixture>
{
    private protected async Task RunAsync(EngineKind kind, string client, string file)
    {
        IEngine engine = await engines.GetAsync(kind);
        string directory = await node.DirectoryAsync();
        var environment = new Dictionary<string, string?> { ["TESTCONTAINERS_RYUK_DISABLED"] = "true", ["DOCKER_CONFIG"] = directory };
        ShellResult result = await engine.RunAsync("node", ["--test", "--test-reporter=tap", file], environment: environment, directory: directory, timeout: TimeSpan.FromMinutes(2));
        foreach (Match test in TapLine().Matches(result.Output))
            RunReport.Add(new CaseResult(client, test.Groups["name"].Value, kind, test.Groups["not"].Length == 0));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Matches("(?m)^# pass [1-9]", result.Output);
    }

    [GeneratedRegex(@"^ *(?<not>not )?ok \d+ - (?<name>(?!.*\.test\.js).+)$", RegexOptions.Multiline)]
    private static partial Regex TapLine();
}
