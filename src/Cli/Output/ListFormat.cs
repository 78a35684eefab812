using System.Text;
using System.Text.RegularExpressions;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Templates;

namespace Argosy.Cli.Output;

/// <summary>
/// Prints a list as Docker's commands do: a table of the default columns, <c>--format json</c>, <c>--format 'table {{.A}}\t{{.B}}'</c>,
/// or a template for each row.
/// </summary>
internal sealed partial class ListFormat<T>(IReadOnlyList<Column<T>> columns, string defaultTable)
{
    /// <summary>Methods that rows have beside their columns, such as <c>.Label "key"</c>.</summary>
    public IReadOnlyDictionary<string, Func<T, IReadOnlyList<object?>, object?>> Methods { get; init; } =
        new Dictionary<string, Func<T, IReadOnlyList<object?>, object?>>();

    /// <param name="session">Where to print.</param>
    /// <param name="rows">What to print.</param>
    /// <param name="format">The user's format; null is the default table.</param>
    public void Print(CliSession session, IEnumerable<T> rows, string? format) => session.Out.Write(Format(rows, format, TableWidth(session)));

    public string Format(IEnumerable<T> rows, string? format, int? terminalWidth = null)
    {
        if (format is null or "" or "table")
            return FormatTable(rows, defaultTable, terminalWidth);
        if (format == "json")
            format = "{{json .}}";
        format = Unescape(format);
        if (format.StartsWith("table", StringComparison.Ordinal) && (format.Length == 5 || char.IsWhiteSpace(format[5])))
            return FormatTable(rows, format[5..].TrimStart(' '), terminalWidth);
        Template template = Parse(format);
        var text = new StringBuilder();
        foreach (T row in rows)
            text.Append(Execute(template, row)).Append('\n');
        return text.ToString();
    }

    /// <summary>Headings are what the same template makes of the columns' headings.</summary>
    private string FormatTable(IEnumerable<T> rows, string template, int? terminalWidth)
    {
        Template parsed = Parse(template);
        Template headings = Parse(HeadingTemplate(template));
        var lines = new List<IReadOnlyList<string>> { Cells(headings.Execute(columns.ToDictionary(column => column.Name, column => (object?)column.Heading))) };
        lines.AddRange(rows.Select(row => Cells(Execute(parsed, row))));
        return terminalWidth is { } width ? Table.Fit(lines, width) : Table.Format(lines);
    }

    private static Template Parse(string template)
    {
        try
        {
            return Template.Parse(template);
        }
        catch (TemplateException refusal)
        {
            throw new CliException("failed to parse template: " + refusal.Reason);
        }
    }

    private string Execute(Template template, T row)
    {
        try
        {
            return template.Execute(Fields(row));
        }
        catch (TemplateException refusal)
        {
            throw new CliException("failed to execute template: " + refusal.Reason);
        }
    }

    private static string[] Cells(string line) => line.Split('\t');

    /// <summary>A row that also has the names of columns that other commands have would be a typing error: the template says so.</summary>
    private SortedDictionary<string, object?> Fields(T row)
    {
        var fields = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (Column<T> column in columns)
            fields[column.Name] = column.Value(row);
        foreach ((string name, Func<T, IReadOnlyList<object?>, object?> method) in Methods)
            fields[name] = (Func<IReadOnlyList<object?>, object?>)(arguments => method(row, arguments));
        return fields;
    }

    /// <summary>In the heading of <c>{{.Label "a"}}</c> stands a; functions do not change headings.</summary>
    private static string HeadingTemplate(string template) => Method().Replace(template, match => match.Groups["argument"].Value);

    private static string Unescape(string format) => format.Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);

    private static int? TableWidth(CliSession session) =>
        session.Streams.OutputIsTerminal && Linux.Terminal.Terminal.TryGetSize(1, out Linux.Terminal.TerminalSize size) ? size.Columns : null;

    [GeneratedRegex("""\{\{\s*\.Label\s+"(?<argument>[^"]*)"\s*\}\}""")]
    private static partial Regex Method();
}
