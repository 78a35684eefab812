using System.Text;
using System.Text.RegularExpressions;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.DockerCli;

/// <summary>A file of commands in scripts/, run in order; scripts/README.md says how it is written.</summary>
internal static class Script
{
    /// <summary>Runs every step of a script, and fails with all that went wrong.</summary>
    internal static async Task RunAsync(IEngine engine, string name, IReadOnlyDictionary<string, string?>? variables = null)
    {
        string work = Directory.CreateTempSubdirectory("argosy-compat-").FullName;
        var environment = new Dictionary<string, string?>(variables ?? new Dictionary<string, string?>())
        { ["WORK"] = work, ["FILES"] = AppContext.BaseDirectory, ["DOCKER_CONFIG"] = work + "/config", ["DOCKER_BUILDKIT"] = "0", ["DOCKER_CLI_HINTS"] = "false" };
        var failures = new StringBuilder();
        try
        {
            foreach (Step step in Step.Read(Path.Combine(AppContext.BaseDirectory, "scripts", name)))
            {
                ShellResult result = await engine.RunAsync("/bin/sh", ["-c", step.Command], step.Input, environment, work, TimeSpan.FromSeconds(40));
                if (Judge(step, result) is { } wrong)
                    failures.Append($"{name}:{step.Line}: {wrong}\n{result}\n");
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
        Assert.True(failures.Length == 0, failures.ToString());
    }

    private static string? Judge(Step step, ShellResult result)
    {
        if (!step.ExitCodes.Contains(result.ExitCode))
            return $"exit code {result.ExitCode} and not {string.Join(" or ", step.ExitCodes)}";
        if (step.ExactOutput is { } exact && result.Output.TrimEnd('\n') != exact.TrimEnd('\n'))
            return $"stdout is not: {exact}";
        return Missing("stdout", result.Output, step.OutputPatterns) ?? Missing("stderr", result.Error, step.ErrorPatterns);
    }

    private static string? Missing(string stream, string text, IReadOnlyList<string> patterns) =>
        patterns.FirstOrDefault(pattern => !Regex.IsMatch(text, pattern, RegexOptions.Multiline)) is { } pattern ? $"{stream} does not match {pattern}" : null;
}
