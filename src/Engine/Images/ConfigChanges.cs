using System.Globalization;
using Argosy.Build.Expansion;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;
using Argosy.Images.Manifests;

namespace Argosy.Engine.Images;

/// <summary>Applies Dockerfile instructions to a configuration: <c>--change</c> of import and commit.</summary>
internal static class ConfigChanges
{
    private static readonly string[] DefaultShell = ["/bin/sh", "-c"];
    private static readonly string[] Allowed =
        ["cmd", "entrypoint", "env", "expose", "healthcheck", "label", "onbuild", "shell", "stopsignal", "user", "volume", "workdir"];

    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for what is no instruction, or none that only changes configuration.</exception>
    internal static ImageConfig Apply(ImageConfig config, IReadOnlyList<string> changes)
    {
        foreach (string change in changes.SelectMany(change => change.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            config = Apply(config, DockerfileParser.ParseTrigger(Checked(change)));
        return config;
    }

    private static string Checked(string change)
    {
        string name = change.Split([' ', '\t'], 2)[0].ToLowerInvariant();
        return Allowed.Contains(name) ? change : throw EngineException.Invalid($"{name} is not a valid change command");
    }

    private static ImageConfig Apply(ImageConfig config, Instruction instruction)
    {
        string Expand(string text) => ConfigChanges.Expand(config, text);
        return instruction switch
        {
            CmdInstruction cmd => config with { Cmd = cmd.Command.With(config.Shell ?? DefaultShell) },
            EntrypointInstruction entrypoint => config with { Entrypoint = entrypoint.Command.With(config.Shell ?? DefaultShell) },
            EnvInstruction env => config with { Env = env.Variables.Aggregate(config.Env ?? [], (all, variable) => SetVariable(all, Expand(variable.Key), Expand(variable.Value))) },
            ExposeInstruction expose => config with { ExposedPorts = Union(config.ExposedPorts, expose.Ports.Select(port => WithProtocol(Expand(port)))) },
            HealthcheckInstruction check => config with { Healthcheck = Describe(check) },
            LabelInstruction label => config with { Labels = label.Labels.Aggregate(config.Labels ?? new Dictionary<string, string>(), (all, item) => new Dictionary<string, string>(all) { [Expand(item.Key)] = Expand(item.Value) }) },
            OnbuildInstruction onbuild => config with { OnBuild = [.. config.OnBuild ?? [], onbuild.Trigger] },
            StopSignalInstruction signal => config with { StopSignal = Expand(signal.Signal) },
            UserInstruction user => config with { User = Expand(user.User) },
            VolumeInstruction volume => config with { Volumes = Union(config.Volumes, volume.Paths.Select(Expand)) },
            WorkdirInstruction workdir => config with { WorkingDir = Path.GetFullPath(Path.Combine("/", config.WorkingDir ?? "/", Expand(workdir.Path))) },
            ShellInstruction shell => config with { Shell = shell.Shell },
            _ => throw EngineException.Invalid($"{instruction.Name} is not a valid change command"),
        };
    }

    private static string Expand(ImageConfig config, string text)
    {
        try
        {
            return WordExpander.Expand(text, name => LookUp(config, name));
        }
        catch (ExpansionException exception)
        {
            throw new EngineException(ErrorKind.InvalidArgument, exception.Message, exception);
        }
    }

    private static string? LookUp(ImageConfig config, string name) =>
        config.Env?.FirstOrDefault(variable => variable.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>Adds variables (<c>NAME=value</c>) to others, over those of the same name.</summary>
    internal static IReadOnlyList<string> SetVariables(IReadOnlyList<string> variables, IEnumerable<string> more) =>
        more.Aggregate(variables, (all, line) => line.Split('=', 2) is [var name, var value] ? SetVariable(all, name, value) : all);

    private static IReadOnlyList<string> SetVariable(IReadOnlyList<string> variables, string name, string value)
    {
        string line = $"{name}={value}";
        int index = variables.ToList().FindIndex(variable => variable.StartsWith(name + "=", StringComparison.Ordinal));
        return index < 0 ? [.. variables, line] : [.. variables.Take(index), line, .. variables.Skip(index + 1)];
    }

    private static IReadOnlyList<string> Union(IReadOnlyList<string>? existing, IEnumerable<string> more) =>
        [.. (existing ?? []).Union(more).Order(StringComparer.Ordinal)];

    private static string WithProtocol(string port)
    {
        string[] parts = port.Split('/');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is 0 or > 65535)
            throw EngineException.Invalid($"invalid containerPort: {port}");
        return $"{number}/{(parts.Length == 2 ? parts[1].ToLowerInvariant() : "tcp")}";
    }

    private static HealthCheck Describe(HealthcheckInstruction check) => new()
    {
        Test = check.Command is not { } command ? ["NONE"]
            : command.IsShellForm ? ["CMD-SHELL", .. command.Arguments] : ["CMD", .. command.Arguments],
        Interval = Nanoseconds(check.Interval),
        Timeout = Nanoseconds(check.Timeout),
        StartPeriod = Nanoseconds(check.StartPeriod),
        StartInterval = Nanoseconds(check.StartInterval),
        Retries = check.Retries,
    };

    private static long Nanoseconds(TimeSpan time) => time.Ticks * 100;
}
