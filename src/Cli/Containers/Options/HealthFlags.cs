using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers.Options;

/// <summary>The container's health check.</summary>
internal sealed class HealthFlags
{
    private readonly Option<string?> command = Flag.Text("--health-cmd", "Command to run to check health");
    private readonly Option<string?> interval = Flag.Text("--health-interval", "duration", "Time between running the check (ms|s|m|h) (default 0s)", []);
    private readonly Option<string?> timeout = Flag.Text("--health-timeout", "duration", "Maximum time to allow one check to run (ms|s|m|h) (default 0s)", []);
    private readonly Option<string?> startPeriod = Flag.Text("--health-start-period", "duration", "Start period for the container to initialize before starting health-retries countdown (ms|s|m|h) (default 0s)", []);
    private readonly Option<string?> startInterval = Flag.Text("--health-start-interval", "duration", "Time between running the check during the start period (ms|s|m|h) (default 0s)", []);
    private readonly Option<int?> retries = Flag.Int("--health-retries", "Consecutive failures needed to report unhealthy");
    private readonly Option<bool> none = Flag.Bool("--no-healthcheck", "Disable any container-specified HEALTHCHECK");

    public IReadOnlyList<Option> All => [command, interval, timeout, startPeriod, startInterval, retries, none];

    public HealthConfig? ToConfig(Invocation line)
    {
        bool isAsked = All.Take(6).Any(line.Has);
        if (line.Get(none))
            return !isAsked ? new HealthConfig { Test = ["NONE"] } : throw new UsageException("--no-healthcheck conflicts with --health-* options");
        if (!isAsked)
            return null;
        return new HealthConfig
        {
            Test = line.Get(command) is { Length: > 0 } test ? ["CMD-SHELL", test] : null,
            Interval = Duration(line, interval, "--health-interval"),
            Timeout = Duration(line, timeout, "--health-timeout"),
            StartPeriod = Duration(line, startPeriod, "--health-start-period"),
            StartInterval = Duration(line, startInterval, "--health-start-interval"),
            Retries = line.Get(retries) is { } count and < 0 ? throw new UsageException($"--health-retries cannot be negative: {count}") : line.Get(retries) ?? 0,
        };
    }

    private static long Duration(Invocation line, Option<string?> option, string name)
    {
        long duration = line.Read(option, GoDuration.Parse, 0);
        return duration >= 0 ? duration : throw new UsageException($"{name} cannot be negative");
    }
}
