using System.Globalization;
using System.Text;

namespace Argosy.Testing;

/// <summary>
/// A small terminal: what a program writes to it becomes lines, as on a VT100 with a memory of what scrolled off. Lines that are too long are wrapped, and wrapped anew
/// when it is resized. It knows the sequences that our programs use; another one is an error.
/// </summary>
public sealed class TerminalScreen(int rows, int columns)
{
    // A line is as long as the program made it; where it wraps is decided when it is looked at.
    private readonly List<StringBuilder> lines = [new StringBuilder()];
    private readonly StringBuilder pending = new();
    private int rows = rows;
    private int line;
    private int column;

    public int Columns { get; private set; } = columns;

    /// <summary>Everything that was ever written and not erased, one line each.</summary>
    public IReadOnlyList<string> Lines => [.. lines.Select(text => text.ToString().TrimEnd())];

    /// <summary>The longest line that was on the screen since the last resize.</summary>
    public int Widest { get; private set; }

    public string Text => string.Join('\n', Lines).TrimEnd('\n');

    public void Resize(int rows, int columns)
    {
        (this.rows, Columns) = (rows, columns);
        Widest = 0;
    }

    public void Write(string text)
    {
        foreach (char character in text)
        {
            if (pending.Length > 0 || character == '\u001b')
                Escape(character);
            else
                Put(character);
        }
    }

    private void Put(char character)
    {
        switch (character)
        {
            case '\n':
                (line, column) = (line + 1, 0);
                if (line == lines.Count)
                    lines.Add(new StringBuilder());
                return;
            case '\r':
                column = 0;
                return;
        }
        StringBuilder text = lines[line];
        while (text.Length <= column)
            text.Append(' ');
        text[column++] = character;
        Widest = Math.Max(Widest, column);
    }

    private void Escape(char character)
    {
        pending.Append(character);
        if (pending.Length < 3 || !char.IsAsciiLetter(character))
            return;
        string sequence = pending.ToString(1, pending.Length - 1);
        pending.Clear();
        switch (sequence)
        {
            case "[K":
                lines[line].Length = Math.Min(lines[line].Length, column);
                break;
            case "[J":
                lines[line].Length = Math.Min(lines[line].Length, column);
                lines.RemoveRange(line + 1, lines.Count - line - 1);
                break;
            case "[?25l" or "[?25h":
                break;
            case var _ when character == 'm':
                break;
            case var _ when character == 'A':
                Up(int.Parse(sequence.AsSpan(1, sequence.Length - 2), CultureInfo.InvariantCulture));
                break;
            default:
                throw new InvalidOperationException($"the terminal does not know ESC{sequence}");
        }
    }

    /// <summary>Goes up by rows of the screen, of which a wrapped line has several, and not beyond its top.</summary>
    private void Up(int count)
    {
        int top = Top();
        int row = column / Columns;
        while (count > 0 && (row > 0 || line > top))
        {
            count--;
            if (row > 0)
            {
                row--;
                continue;
            }
            line--;
            row = RowsOf(line) - 1;
        }
        column = row * Columns;
    }

    private int Top()
    {
        int top = lines.Count - 1;
        for (int used = RowsOf(top); top > 0 && used + RowsOf(top - 1) <= rows; top--)
            used += RowsOf(top - 1);
        return top;
    }

    private int RowsOf(int index) => Math.Max(1, (lines[index].Length + Columns - 1) / Columns);
}
