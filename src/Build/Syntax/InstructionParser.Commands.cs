using System.Globalization;
using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Syntax;

/// <summary>The instructions that carry a command line.</summary>
internal static partial class InstructionParser
{
    private static RunInstruction ReadRun(InstructionText text)
    {
        CommandLine command = InstructionText.Command(text.Rest);
        foreach (string flag in (string[])["--security", "--device"])
            text.Flags.Refuse(flag, "RUN");
        RunNetwork network = text.Flags.String("--network") switch
        {
            null or "default" => RunNetwork.Default,
            "none" => RunNetwork.None,
            "host" => RunNetwork.Host,
            var other => throw new DockerfileSyntaxException($"network mode \"{other}\" is not allowed: must be one of default, none, host"),
        };
        IReadOnlyList<string> mounts = text.Flags.Strings("--mount");
        foreach (string mount in mounts)
            RunMountParser.Check(mount);
        if (text.Heredocs.Count > 0 && !command.IsShellForm)
            throw new DockerfileSyntaxException("parsing produced an invalid run command: a heredoc needs the shell form");
        return new RunInstruction { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Command = command, Heredocs = text.Heredocs, Network = network, Mounts = mounts };
    }

    private static CmdInstruction ReadCmd(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Command = InstructionText.Command(text.Rest) };

    private static EntrypointInstruction ReadEntrypoint(InstructionText text) =>
        new() { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Command = InstructionText.Command(text.Rest) };

    private static ShellInstruction ReadShell(InstructionText text)
    {
        CommandLine command = InstructionText.Command(text.Rest);
        if (command.IsShellForm && text.Rest.Length > 0)
            throw new DockerfileSyntaxException($"SHELL requires the arguments to be in JSON form, not: {text.Source}");
        if (command.Arguments.Count == 0)
            throw text.AtLeastOneArgument();
        return new ShellInstruction { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Shell = command.Arguments };
    }

    private static HealthcheckInstruction ReadHealthcheck(InstructionText text)
    {
        string[] parts = text.Rest.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
            throw text.AtLeastOneArgument();
        string type = parts[0].ToUpperInvariant();
        string rest = parts.Length > 1 ? parts[1].Trim() : "";
        return type switch
        {
            "NONE" when rest.Length > 0 => throw new DockerfileSyntaxException("HEALTHCHECK NONE takes no arguments"),
            "NONE" => new HealthcheckInstruction { Source = text.Source, Line = text.Line, EndLine = text.EndLine, Command = null },
            "CMD" => ReadHealthcheckCommand(text, rest),
            _ => throw new DockerfileSyntaxException($"Unknown type \"{type}\" in HEALTHCHECK (try CMD)"),
        };
    }

    private static HealthcheckInstruction ReadHealthcheckCommand(InstructionText text, string rest)
    {
        CommandLine command = InstructionText.Command(rest);
        if (command.Arguments.Count == 0)
            throw new DockerfileSyntaxException("Missing command after HEALTHCHECK CMD");
        return new HealthcheckInstruction
        {
            Source = text.Source,
            Line = text.Line,
            EndLine = text.EndLine,
            Command = command,
            Interval = Duration(text, "--interval"),
            Timeout = Duration(text, "--timeout"),
            StartPeriod = Duration(text, "--start-period"),
            StartInterval = Duration(text, "--start-interval"),
            Retries = Retries(text),
        };
    }

    private static TimeSpan Duration(InstructionText text, string flag)
    {
        if (text.Flags.String(flag) is not { Length: > 0 } value)
            return TimeSpan.Zero;
        if (!GoDuration.TryParse(value, out TimeSpan duration))
            throw new DockerfileSyntaxException($"time: invalid duration \"{value}\"");
        if (duration != TimeSpan.Zero && duration < TimeSpan.FromMilliseconds(1))
            throw new DockerfileSyntaxException($"Interval \"{flag[2..]}\" cannot be less than 1ms");
        return duration;
    }

    private static int Retries(InstructionText text)
    {
        if (text.Flags.String("--retries") is not { Length: > 0 } value)
            return 0;
        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int retries))
            throw new DockerfileSyntaxException($"strconv.ParseInt: parsing \"{value}\": invalid syntax");
        return retries >= 0 ? retries : throw new DockerfileSyntaxException($"--retries cannot be negative ({retries})");
    }
}
