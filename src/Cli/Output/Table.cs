using System.Text;

namespace Argosy.Cli.Output;

/// <summary>
/// Columns as Docker's client prints them (Go's tabwriter with a minimum width of 10 and padding of 3): each column is as wide as
/// its widest cell and three spaces, the last one is not padded.
/// </summary>
internal static class Table
{
    private const int MinimumWidth = 10;
    private const int Padding = 3;

    public static string Format(IReadOnlyList<IReadOnlyList<string>> rows, int minimumWidth = MinimumWidth)
    {
        var text = new StringBuilder();
        int[] widths = Widths(rows, minimumWidth);
        foreach (IReadOnlyList<string> row in rows)
        {
            for (int column = 0; column < row.Count - 1; column++)
                text.Append(row[column]).Append(' ', widths[column] - Length(row[column]));
            text.Append(row.Count > 0 ? row[^1] : "").Append('\n');
        }
        return text.ToString();
    }

    /// <summary>As <see cref="Format"/>, but no line is longer than the terminal: the widest columns give way, and cut cells end in "…".</summary>
    public static string Fit(IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        int[] widths = Widths(rows, MinimumWidth);
        int excess = widths.Sum() - Padding - width;
        if (excess <= 0)
            return Format(rows);
        int[] limits = [.. widths.Select(column => column - Padding)];
        for (; excess > 0; excess--)
        {
            int widest = Array.IndexOf(limits, limits.Max());
            if (limits[widest] <= MinimumWidth)
                break;
            limits[widest]--;
        }
        return Format([.. rows.Select(row => (IReadOnlyList<string>)[.. row.Select((cell, column) => Cut(cell, limits[column]))])]);
    }

    private static string Cut(string cell, int length) =>
        Length(cell) <= length ? cell : string.Concat(cell.EnumerateRunes().Take(length - 1).Select(rune => rune.ToString())) + "…";

    private static int[] Widths(IReadOnlyList<IReadOnlyList<string>> rows, int minimumWidth)
    {
        int[] widths = new int[rows.Count == 0 ? 0 : rows.Max(row => row.Count)];
        foreach (IReadOnlyList<string> row in rows)
        {
            for (int column = 0; column < row.Count; column++)
                widths[column] = Math.Max(widths[column], Math.Max(minimumWidth, Length(row[column]) + Padding));
        }
        return widths;
    }

    /// <summary>In code points, as tabwriter counts.</summary>
    private static int Length(string cell) => cell.EnumerateRunes().Count();
}
