using System.Text;
using Argosy.Contract.Progress;
using Argosy.Linux.Terminal;

namespace Argosy.Cli.Output;

/// <summary>On a terminal: one line per layer that is overwritten in place, with a bar while bytes move.</summary>
internal sealed class ProgressLines(TextWriter output) : IDisposable
{
    private const int BarWidth = 40;
    private readonly List<string> order = [];

    /// <summary>Prints a message in its own line: the line of its id, or a new one.</summary>
    public void Show(ProgressMessage message)
    {
        if (message.Stream is { Length: > 0 } text)
        {
            order.Clear();
            output.Write(text);
            return;
        }
        if (message.Status is not { Length: > 0 } status)
            return;
        if (message.Id is not { Length: > 0 } id)
        {
            order.Clear();
            output.Write(status + "\n");
            return;
        }
        Overwrite(id, Fit($"{id}: {status}{Bar(message.ProgressDetail)}"));
    }

    public void Dispose() => output.Flush();

    private void Overwrite(string id, string line)
    {
        int index = order.IndexOf(id);
        if (index < 0)
        {
            order.Add(id);
            output.Write(line + "\n");
            return;
        }
        int up = order.Count - index;
        output.Write($"\u001b[{up}A\r\u001b[2K{line}\u001b[{up}B\r");
    }

    private static string Bar(ProgressDetail? detail)
    {
        if (detail is null or { Current: 0, Total: 0 })
            return "";
        if (detail.Total <= 0)
            return $"  {Units.HumanSize(detail.Current)}";
        double share = Math.Clamp(detail.Current / (double)detail.Total, 0, 1);
        int filled = (int)(share * BarWidth);
        var text = new StringBuilder("  [").Append('=', filled);
        if (filled < BarWidth)
            text.Append('>').Append(' ', BarWidth - filled - 1);
        text.Append("]  ");
        return detail.HideCounts ? text.ToString() : text.Append($"{Units.HumanSize(detail.Current)}/{Units.HumanSize(detail.Total)}").ToString();
    }

    private static string Fit(string line)
    {
        int width = Terminal.TryGetSize(1, out TerminalSize size) ? size.Columns : 80;
        return line.Length < width ? line : line[..(width - 1)];
    }
}
