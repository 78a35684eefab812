using System.Globalization;
using System.Text.Json;
using Argosy.Build.Expansion;
using Argosy.Build.Images;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Execution;

/// <summary>Instructions that change the image's configuration only. Their history lines are BuildKit's.</summary>
internal sealed partial class StageBuilder
{
    private static readonly JsonElement EmptyObject = JsonDocument.Parse("{}").RootElement.Clone();

    private void Apply(Instruction instruction)
    {
        string history = instruction switch
        {
            ArgInstruction arg => ApplyArg(arg),
            EnvInstruction env => ApplyEnv(env),
            LabelInstruction label => ApplyLabel(label),
            CmdInstruction cmd => ApplyCmd(cmd),
            EntrypointInstruction entrypoint => ApplyEntrypoint(entrypoint),
            ShellInstruction shell => $"SHELL [{string.Join(' ', Settings.Shell = [.. shell.Shell])}]",
            UserInstruction user => $"USER {Settings.User = Expand(user.User)}",
            ExposeInstruction expose => ApplyExpose(expose),
            VolumeInstruction volume => ApplyVolume(volume),
            StopSignalInstruction signal => $"STOPSIGNAL {Settings.StopSignal = StopSignal(Expand(signal.Signal))}",
            MaintainerInstruction maintainer => $"MAINTAINER {Image.Author = maintainer.Author}",
            HealthcheckInstruction check => ApplyHealthcheck(check),
            OnbuildInstruction onbuild => ApplyOnbuild(onbuild),
            _ => throw new InvalidOperationException($"no way to run {instruction.Name}"),
        };
        Image.AddEmpty(history);
    }

    private string ApplyArg(ArgInstruction instruction)
    {
        var words = new List<string> { "ARG" };
        foreach (ArgDeclaration declaration in instruction.Declarations)
        {
            string? value = session.Arguments.Resolve(declaration, LookUp, session.Dockerfile.Escape);
            arguments.Declare(declaration.Name, value);
            words.Add(value is null ? declaration.Name : $"{declaration.Name}={value}");
        }
        return string.Join(' ', words);
    }

    /// <summary>All values of one instruction see the environment as it was before it.</summary>
    private string ApplyEnv(EnvInstruction instruction)
    {
        KeyValue[] pairs = [.. instruction.Variables.Select(pair => new KeyValue(Expand(pair.Key), Expand(pair.Value)))];
        List<string> environment = Settings.Env ??= [];
        foreach (KeyValue pair in pairs)
        {
            arguments.Reveal(pair.Key);
            int index = environment.FindIndex(entry => entry.StartsWith(pair.Key + "=", StringComparison.Ordinal));
            if (index < 0)
                environment.Add($"{pair.Key}={pair.Value}");
            else
                environment[index] = $"{pair.Key}={pair.Value}";
        }
        return "ENV " + string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    private string ApplyLabel(LabelInstruction instruction)
    {
        KeyValue[] pairs = [.. instruction.Labels.Select(pair => new KeyValue(Expand(pair.Key), Expand(pair.Value)))];
        foreach (KeyValue pair in pairs)
            (Settings.Labels ??= [])[pair.Key] = pair.Value;
        return "LABEL " + string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    private string ApplyCmd(CmdInstruction instruction)
    {
        cmdIsSet = true;
        Settings.Cmd = [.. instruction.Command.With(Shell)];
        return $"CMD {GoQuote.List(Settings.Cmd)}";
    }

    /// <summary>A new entry point does not go with an inherited command.</summary>
    private string ApplyEntrypoint(EntrypointInstruction instruction)
    {
        Settings.Entrypoint = instruction.Command.Arguments.Count == 0 ? null : [.. instruction.Command.With(Shell)];
        if (!cmdIsSet)
            Settings.Cmd = null;
        return $"ENTRYPOINT {GoQuote.List(Settings.Entrypoint ?? [])}";
    }

    private string ApplyExpose(ExposeInstruction instruction)
    {
        string[] ports = [.. instruction.Ports.SelectMany(port => WordExpander.ExpandToWords(port, LookUp, session.Dockerfile.Escape)).SelectMany(PortRange.Expand).Order(StringComparer.Ordinal)];
        foreach (string port in ports)
            (Settings.ExposedPorts ??= [])[port] = EmptyObject;
        return $"EXPOSE [{string.Join(' ', ports)}]";
    }

    private string ApplyVolume(VolumeInstruction instruction)
    {
        string[] paths = [.. instruction.Paths.Select(Expand)];
        foreach (string path in paths)
            (Settings.Volumes ??= [])[path.Length > 0 ? path : throw new DockerfileSyntaxException("VOLUME specified can not be an empty string")] = EmptyObject;
        return $"VOLUME [{string.Join(' ', paths)}]";
    }

    private string ApplyHealthcheck(HealthcheckInstruction instruction)
    {
        HealthSettings health = new() { Test = ["NONE"] };
        if (instruction.Command is { } command)
        {
            health.Test = [command.IsShellForm ? "CMD-SHELL" : "CMD", .. command.Arguments];
            health.Interval = Nanoseconds(instruction.Interval);
            health.Timeout = Nanoseconds(instruction.Timeout);
            health.StartPeriod = Nanoseconds(instruction.StartPeriod);
            health.StartInterval = Nanoseconds(instruction.StartInterval);
            health.Retries = instruction.Retries;
        }
        Settings.Healthcheck = health;
        string[] times = [.. new[] { instruction.Interval, instruction.Timeout, instruction.StartPeriod, instruction.StartInterval }.Select(time => GoQuote.Text(GoDuration.Format(time)))];
        return $"HEALTHCHECK &{{{GoQuote.List(health.Test)} {string.Join(' ', times)} {GoQuote.Character(health.Retries)}}}";
    }

    private string ApplyOnbuild(OnbuildInstruction instruction)
    {
        (Settings.OnBuild ??= []).Add(instruction.Trigger);
        return $"ONBUILD {instruction.Trigger}";
    }

    private static string StopSignal(string signal) => SignalNames.IsKnown(signal)
        ? signal
        : throw new DockerfileSyntaxException($"Invalid signal: {signal}");

    private static long Nanoseconds(TimeSpan time) => time.Ticks * 100;
}
