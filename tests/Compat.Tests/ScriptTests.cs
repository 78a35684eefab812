using System.Text;
using System.Text.RegularExpressions;
using Argosy.Testing;

namespace Argosy.CompatTests;

/// <summary>The stock docker client cannot tell argosyd from dockerd: script.txt passes with both.</summary>
[Trait("Needs", "Root")]
public sealed class ScriptTests
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "script.txt");

    [Fact]
    public async Task Argosyd_does_what_the_script_says()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        await RunAsync(daemon.Host);
    }

    [Fact]
    public async Task Dockerd_does_what_the_script_says()
    {
        if (!DockerDaemon.IsInstalled)
            return; // The expectations are proven where it is: `scripts/deps.sh bench` installs it.
        await using DockerDaemon daemon = await DockerDaemon.StartAsync();
        await RunAsync(daemon.Host);
    }

    private static async Task RunAsync(string host)
    {
        string work = Directory.CreateTempSubdirectory("argosy-compat-").FullName;
        var environment = new Dictionary<string, string?> { ["DOCKER_HOST"] = host, ["WORK"] = work, ["DOCKER_CONFIG"] = work, ["DOCKER_BUILDKIT"] = "0" };
        IReadOnlyList<Step> steps = Step.Read(Script);
        Assert.True(steps.Count >= 60, "the script has its commands");
        var failures = new StringBuilder();
        foreach (Step step in steps)
        {
            ShellResult result = await Shell.RunAsync("/bin/sh", ["-c", "docker " + step.Arguments], step.Input, environment, timeout: TimeSpan.FromSeconds(40));
            if (Judge(step, result) is { } wrong)
                failures.Append($"script.txt:{step.Line}: {wrong}\n{result}\n");
        }
        Directory.Delete(work, recursive: true);
        Assert.True(failures.Length == 0, failures.ToString());
    }

    private static string? Judge(Step step, ShellResult result)
    {
        if (!step.ExitCodes.Contains(result.ExitCode))
            return $"exit code {result.ExitCode} and not {string.Join(" or ", step.ExitCodes)}";
        if (step.ExactOutput is { } exact && result.Output.TrimEnd('\n') != exact.TrimEnd('\n'))
            return $"stdout is not: {exact}";
        if (step.OutputPattern is { } output && !Regex.IsMatch(result.Output, output, RegexOptions.Multiline))
            return $"stdout does not match {output}";
        if (step.ErrorPattern is { } error && !Regex.IsMatch(result.Error, error, RegexOptions.Multiline))
            return $"stderr does not match {error}";
        return null;
    }
}
