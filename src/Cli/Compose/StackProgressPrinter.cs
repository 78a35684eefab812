using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Contract.Stacks;
using Spectre.Console;

namespace Argosy.Cli.Compose;

/// <summary>
/// Shows how an operation on a stack goes, on standard error as Docker Compose does: on a terminal one line for each thing,
/// which changes in place; otherwise a line for each change.
/// </summary>
internal sealed class StackProgressPrinter(CliSession session)
{
    private static readonly string[] Finished = ["Created", "Started", "Running", "Healthy", "Exited", "Stopped", "Removed", "Recreated", "Pulled", "Built"];

    /// <summary>Leaves out how pulls get on.</summary>
    public bool IsQuietPull { get; init; }

    /// <exception cref="CliException">The operation failed.</exception>
    public async Task PrintAsync(IAsyncEnumerable<StackProgress> lines, CancellationToken cancellationToken)
    {
        string? error = session.Streams.OutputIsTerminal
            ? await PrintLiveAsync(lines, cancellationToken)
            : await PrintPlainAsync(lines, cancellationToken);
        if (error is not null)
            throw new CliException(error);
    }

    private async Task<string?> PrintPlainAsync(IAsyncEnumerable<StackProgress> lines, CancellationToken cancellationToken)
    {
        StackProgress? last = null;
        var shown = new Dictionary<string, StackProgress>(StringComparer.Ordinal);
        await foreach (StackProgress line in lines.WithCancellation(cancellationToken))
        {
            last = line;
            // Several dependents wait for the same container: once is enough.
            bool isNews = !shown.TryGetValue(Title(line), out StackProgress? before) || before != line;
            shown[Title(line)] = line;
            if (line.Status == "Warning" && line.Resource is null)
                await session.Error.WriteLineAsync("WARN[0000] " + line.Detail);
            else if (line.Status is not null && isNews && !IsPullDetail(line))
                await session.Error.WriteLineAsync($" {Title(line)}  {line.Status}{(line.Detail is null ? "" : " " + line.Detail)}");
        }
        return ErrorOf(last);
    }

    private async Task<string?> PrintLiveAsync(IAsyncEnumerable<StackProgress> lines, CancellationToken cancellationToken)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, Out = new AnsiConsoleOutput(session.Error) });
        var rows = new OrderedDictionary<string, StackProgress>(StringComparer.Ordinal);
        var warnings = new List<string>();
        StackProgress? last = null;
        await console.Live(new Rows()).StartAsync(async live =>
        {
            await foreach (StackProgress line in lines.WithCancellation(cancellationToken))
            {
                last = line;
                if (line.Resource is not null)
                    rows[Title(line)] = IsQuietPull && IsPullDetail(line) ? line with { Detail = null } : line;
                else if (line.Status == "Warning")
                    warnings.Add(line.Detail ?? "");
                live.UpdateTarget(new Rows(rows.Select(row => new Markup(Show(row.Key, row.Value)))));
            }
        });
        foreach (string warning in warnings)
            await session.Error.WriteLineAsync("WARN[0000] " + warning);
        return ErrorOf(last);
    }

    private static string Show(string title, StackProgress line)
    {
        string colour = line.Status is "Error" ? "red" : line.Status is "Warning" ? "yellow" : Finished.Contains(line.Status) ? "green" : "blue";
        string mark = line.Status is "Error" ? "✘" : line.Status is "Warning" ? "!" : Finished.Contains(line.Status) ? "✔" : "⠿";
        string detail = line.Detail is null ? "" : $" [grey]{Markup.Escape(line.Detail)}[/]";
        return $" [{colour}]{mark}[/] {Markup.Escape(title)}  [{colour}]{line.Status}[/]{detail}";
    }

    /// <summary>Without a terminal the many small steps of a pull are left out.</summary>
    private static bool IsPullDetail(StackProgress line) => line is { Resource: "image", Status: "Pulling", Detail: not null };

    private static string Title(StackProgress line) => line.Resource switch
    {
        "container" => "Container " + line.Name,
        "network" => "Network " + line.Name,
        "volume" => $"Volume \"{line.Name}\"",
        "image" => "Image " + line.Name,
        _ => line.Name ?? "",
    };

    private static string? ErrorOf(StackProgress? last) => last switch
    {
        { Done: true } => null,
        { Error: { } error } => error,
        _ => "the daemon ended before the operation did; it goes on with it when it is back",
    };
}
