using System.CommandLine;
using System.Text;

namespace Argosy.Cli.CommandLine;

/// <summary>Help in the shape of Docker's, with examples.</summary>
internal static class HelpPrinter
{
    public static int Print(TextWriter output, Verb verb, VerbCommand command, string name)
    {
        var text = new StringBuilder().Append("Usage:  ").Append(name).Append(' ').AppendLine(command.Usage).AppendLine().AppendLine(command.Description);
        if (verb.Aliases.Count > 0)
            text.AppendLine().AppendLine("Aliases:").Append("  ").AppendJoin(", ", verb.Paths.Select(path => "argosy " + path)).AppendLine();
        IReadOnlyList<Option> options = [.. command.Options.Where(option => !option.Hidden).OrderBy(option => option.Name, StringComparer.Ordinal)];
        if (options.Count > 0)
            AppendRows(text.AppendLine().AppendLine("Options:"), [.. options.Select(option => (Left(option), option.Description ?? ""))]);
        if (command.Examples.Count > 0)
            text.AppendLine().AppendLine("Examples:").AppendJoin('\n', command.Examples.Select(example => "  " + example)).AppendLine();
        output.Write(text);
        return 0;
    }

    public static int PrintRoot(TextWriter output)
    {
        var text = new StringBuilder("Usage:  argosy [OPTIONS] COMMAND\n\nA container engine and microservice platform\n\nManagement Commands:\n");
        AppendRows(text, [.. VerbTable.Groups.Select(group => ("  " + group.Key, group.Value))]);
        text.Append("\nCommands:\n");
        AppendRows(text, [.. Listed(verb => verb.Path).Where(row => !row.Name.Contains(' ', StringComparison.Ordinal)).Select(row => ("  " + row.Name, row.Summary))]);
        text.Append("\nGlobal Options:\n");
        AppendRows(text,
        [
            ("      --config string", "Location of client config files (default \"~/.docker\")"),
            ("  -D, --debug", "Enable debug mode"),
            ("  -H, --host string", "Engine to connect to (default $ARGOSY_HOST, $DOCKER_HOST, unix:///run/argosy/argosy.sock)"),
            ("  -l, --log-level string", "Set the logging level (debug, info, warn, error, fatal)"),
            ("      --tls", "Use TLS; implied by --tlsverify"),
            ("      --tlscacert string", "Trust certs signed only by this CA"),
            ("      --tlscert string", "Path to TLS certificate file"),
            ("      --tlskey string", "Path to TLS key file"),
            ("      --tlsverify", "Use TLS and verify the remote"),
            ("  -v, --version", "Print version information and quit"),
        ]);
        text.Append("\nRun 'argosy COMMAND --help' for more information on a command.\n");
        output.Write(text);
        return 0;
    }

    public static int PrintGroup(TextWriter output, string group, string summary)
    {
        var text = new StringBuilder($"Usage:  argosy {group} COMMAND\n\n{summary}\n\nCommands:\n");
        string prefix = group + " ";
        IEnumerable<(string Name, string Summary)> rows = VerbTable.All
            .SelectMany(verb => verb.Paths.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Take(1).Select(path => (path[prefix.Length..], verb.Summary)));
        AppendRows(text, [.. rows.OrderBy(row => row.Name, StringComparer.Ordinal).Select(row => ("  " + row.Name, row.Summary))]);
        text.Append($"\nRun 'argosy {group} COMMAND --help' for more information on a command.\n");
        output.Write(text);
        return 0;
    }

    private static IEnumerable<(string Name, string Summary)> Listed(Func<Verb, string> name) =>
        VerbTable.All.Where(verb => !verb.IsHidden).Select(verb => (name(verb), verb.Summary)).OrderBy(row => row.Item1, StringComparer.Ordinal);

    private static string Left(Option option)
    {
        string shortName = option.Aliases.FirstOrDefault(alias => alias.Length == 2) is { } alias ? $"  {alias}, " : "      ";
        string value = option is Option<bool> or Option<bool?> ? "" : " " + option.HelpName;
        return shortName + option.Name + value;
    }

    private static void AppendRows(StringBuilder text, IReadOnlyList<(string Left, string Right)> rows)
    {
        int width = rows.Max(row => row.Left.Length) + 3;
        foreach ((string left, string right) in rows)
            text.Append(left.PadRight(width)).Append(right).Append('\n');
    }
}
