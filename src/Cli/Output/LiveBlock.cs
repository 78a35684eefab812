using System.Globalization;
using System.Text;
using Argosy.Linux.Terminal;

namespace Argosy.Cli.Output;

/// <summary>
/// Lines at the end of a terminal that are drawn again and again in their place. They are never wider than the terminal or higher than its screen, which is
/// asked for its size each time: a terminal that was made narrower has wrapped what stands there, and that is counted.
/// </summary>
internal sealed class LiveBlock(TextWriter output, Func<TerminalSize> size)
{
    private const string Hide = "\u001b[?25l";
    private const string Show = "\u001b[?25h";
    private readonly List<int> drawn = [];

    /// <summary>The terminal's size; 80 by 24 when it does not know it.</summary>
    public static TerminalSize SizeOf(int descriptor) => Terminal.TryGetSize(descriptor, out TerminalSize size) ? size : new TerminalSize(24, 80);

    /// <summary>The columns that a line may take: the last one stays free, so that the cursor never hangs over the edge.</summary>
    public int Width => Math.Max(1, size().Columns - 1);

    /// <summary>Draws as many lines as there is room for.</summary>
    public void Draw(IReadOnlyList<ScreenLine> lines) => Write(Fit(lines, Math.Max(1, size().Rows - 1)));

    /// <summary>Draws all lines for the last time, and leaves them.</summary>
    public void Finish(IReadOnlyList<ScreenLine> lines)
    {
        Write(lines);
        drawn.Clear();
    }

    private void Write(IReadOnlyList<ScreenLine> lines)
    {
        int width = Width;
        var text = new StringBuilder(Hide);
        if (drawn.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{drawn.Sum(columns => Math.Max(1, (columns + width) / (width + 1)))}A\r");
        drawn.Clear();
        foreach (ScreenLine line in lines)
        {
            string cut = TextWidth.Cut(line.Text, width);
            drawn.Add(TextWidth.Of(cut));
            text.Append(line.Color == 0 ? cut : string.Create(CultureInfo.InvariantCulture, $"\u001b[{line.Color}m{cut}\u001b[0m")).Append("\u001b[K\n");
        }
        output.Write(text.Append("\u001b[J").Append(Show).ToString());
        output.Flush();
    }

    /// <summary>The first stays, it is the heading; then what is done goes, the oldest first, then whatever is oldest.</summary>
    private static List<ScreenLine> Fit(IReadOnlyList<ScreenLine> lines, int rows)
    {
        var kept = new List<ScreenLine>(lines);
        for (int i = 1; i < kept.Count && kept.Count > rows;)
        {
            if (kept[i].IsLive)
                i++;
            else
                kept.RemoveAt(i);
        }
        if (kept.Count > rows)
            kept.RemoveRange(1, Math.Min(kept.Count - 1, kept.Count - rows));
        return kept;
    }
}
