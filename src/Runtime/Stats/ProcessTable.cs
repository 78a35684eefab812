using System.Globalization;
using Argosy.Core;

namespace Argosy.Runtime.Stats;

/// <summary>ps's table, for the processes of one container.</summary>
public sealed record ProcessTable(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>> Processes)
{
    /// <summary>Keeps the rows whose PID is one of these. The last column may hold blanks.</summary>
    /// <exception cref="EngineException">There is no PID column.</exception>
    internal static ProcessTable Parse(string output, IReadOnlySet<int> pids)
    {
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] titles = lines.Length == 0 ? [] : Fields(lines[0]);
        int column = Array.IndexOf(titles, "PID");
        if (column < 0)
            throw new EngineException(ErrorKind.Internal, "Couldn't find PID field in ps output");
        var rows = new List<IReadOnlyList<string>>();
        foreach (string line in lines.Skip(1))
        {
            string[] fields = Fields(line);
            if (fields.Length <= column || !int.TryParse(fields[column], CultureInfo.InvariantCulture, out int pid) || !pids.Contains(pid))
                continue;
            rows.Add(fields.Length <= titles.Length ? fields : [.. fields[..(titles.Length - 1)], string.Join(' ', fields[(titles.Length - 1)..])]);
        }
        return new ProcessTable(titles, rows);
    }

    private static string[] Fields(string line) => line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
}
