using System.Text;

namespace Argosy.Cli.Build.Progress;

/// <summary>The output of a step's command as lines that cannot harm the view: what moves the cursor or changes colours is left out, a carriage return begins the line anew.</summary>
internal sealed class StepLog
{
    // Enough to see why a command failed.
    private const int MostKept = 200;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly Queue<string> lines = new();
    private readonly StringBuilder open = new();
    private bool isClipped;

    /// <summary>The last lines, the unfinished one with them.</summary>
    public IReadOnlyList<string> Kept => [.. isClipped ? ["[earlier lines are left out]"] : (string[])[], .. lines, .. Open];

    private string[] Open => Clean(open.ToString()) is { Length: > 0 } rest ? [rest] : [];

    public IEnumerable<string> Last(int count) => lines.Concat(Open).TakeLast(count);

    public void Add(byte[] data)
    {
        char[] text = new char[Encoding.UTF8.GetMaxCharCount(data.Length)];
        foreach (char character in text.AsSpan(0, decoder.GetChars(data, text, flush: false)))
            Add(character);
    }

    /// <summary>Without escape sequences and control characters; a tab is two blanks.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001b')
                i = EndOfEscape(text, i);
            else if (text[i] == '\t')
                clean.Append("  ");
            else if (!char.IsControl(text[i]))
                clean.Append(text[i]);
        }
        return clean.ToString();
    }

    private void Add(char character)
    {
        if (character == '\n')
        {
            // A carriage return just before the end of a line is part of the end.
            string line = open.ToString().TrimEnd('\r');
            lines.Enqueue(Clean(line[(line.LastIndexOf('\r') + 1)..]));
            open.Clear();
            if (lines.Count <= MostKept)
                return;
            lines.Dequeue();
            isClipped = true;
            return;
        }
        if (open.Length > 0 && open[^1] == '\r' && character != '\r')
            open.Clear();
        // A line without an end says nothing more after so much.
        if (open.Length < 4096)
            open.Append(character);
    }

    /// <summary>The index of the last character of the sequence (ECMA-48: CSI up to a final byte, OSC up to BEL or ST, else two characters).</summary>
    private static int EndOfEscape(string text, int start)
    {
        if (start + 1 >= text.Length)
            return start;
        int i = start + 2;
        switch (text[start + 1])
        {
            case '[':
                while (i < text.Length && text[i] is < '@' or > '~')
                    i++;
                return i;
            case ']':
                while (i < text.Length && text[i] != '\u0007' && !(text[i] == '\\' && text[i - 1] == '\u001b'))
                    i++;
                return i;
            default:
                return start + 1;
        }
    }
}
