using System.Text;
using Argosy.Contract.Progress;
using Argosy.Linux.Terminal;

namespace Argosy.Cli.Output;

/// <summary>On a terminal: one line per layer that is drawn over in place, with a bar while bytes move.</summary>
internal sealed class ProgressLines(TextWriter output, Func<TerminalSize> size) : IDisposable
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 5;
    private readonly LiveBlock block = new(output, size);
    private readonly List<string> order = [];
    private readonly Dictionary<string, ProgressMessage> last = new(StringComparer.Ordinal);

    /// <summary>Prints a message in its own line: the line of its id, or a new one.</summary>
    public void Show(ProgressMessage message)
    {
        if (message.Stream is { Length: > 0 } text)
        {
            Finish();
            output.Write(text);
            return;
        }
        if (message.Status is not { Length: > 0 } status)
            return;
        if (message.Id is not { Length: > 0 } id)
        {
            Finish();
            output.Write(status + "\n");
            return;
        }
        if (!last.ContainsKey(id))
            order.Add(id);
        last[id] = message;
        block.Draw(Lines());
    }

    public void Dispose()
    {
        Finish();
        output.Flush();
    }

    /// <summary>What comes next is below: these lines stay.</summary>
    private void Finish()
    {
        if (order.Count > 0)
            block.Finish(Lines());
        order.Clear();
        last.Clear();
    }

    private ScreenLine[] Lines()
    {
        int width = block.Width;
        return [.. order.Select(id => new ScreenLine(Line(last[id], width), IsLive: last[id].ProgressDetail is { Current: > 0 }))];
    }

    private static string Line(ProgressMessage message, int width)
    {
        string head = $"{message.Id}: {message.Status}";
        return message.ProgressDetail is null or { Current: 0, Total: 0 } ? head : head + Bar(message.ProgressDetail, width - TextWidth.Of(head));
    }

    /// <summary>A bar as wide as there is room for, and none where there is too little.</summary>
    private static string Bar(ProgressDetail detail, int room)
    {
        if (detail.Total <= 0)
            return $"  {Units.HumanSize(detail.Current)}";
        string counts = detail.HideCounts ? "" : $"  {Units.HumanSize(detail.Current)}/{Units.HumanSize(detail.Total)}";
        int bar = Math.Min(WidestBar, room - counts.Length - 4);
        if (bar < NarrowestBar)
            return counts;
        double share = Math.Clamp(detail.Current / (double)detail.Total, 0, 1);
        int filled = (int)(share * bar);
        var text = new StringBuilder("  [").Append('=', filled);
        if (filled < bar)
            text.Append('>').Append(' ', bar - filled - 1);
        return text.Append(']').Append(counts).ToString();
    }
}
