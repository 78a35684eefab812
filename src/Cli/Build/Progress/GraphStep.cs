using System.Globalization;
using Argosy.Cli.Output;
using Argosy.Contract.Build;

namespace Argosy.Cli.Build.Progress;

/// <summary>One step of the live view.</summary>
internal sealed class GraphStep(BuildStep vertex)
{
    private const int Red = 31;
    private const int Blue = 34;
    // As many lines of a running command as BuildKit shows.
    private const int LogLines = 6;

    private readonly List<BuildStepPart> parts = [];

    public BuildStep Vertex { get; set; } = vertex;

    /// <summary>When this client heard of its beginning: the engine's clock may be another one.</summary>
    public DateTimeOffset? Began { get; set; }

    public StepLog Log { get; } = new();

    public bool IsDone => Vertex.Completed is not null;

    public bool HasFailed => Vertex.Error is not null && !IsCanceled;

    private bool IsCanceled => Vertex.Error?.EndsWith("context canceled", StringComparison.Ordinal) == true;

    public void Update(BuildStepPart part)
    {
        int index = parts.FindIndex(known => known.Id == part.Id);
        if (index < 0)
            parts.Add(part);
        else
            parts[index] = part;
    }

    public IEnumerable<ScreenLine> Lines(int width, bool isEnd, DateTimeOffset now)
    {
        int color = HasFailed ? Red : IsDone ? Blue : 0;
        yield return new ScreenLine(Line(width, $" => {State}{Vertex.Name}", Lasted(now)), !IsDone, color);
        foreach (BuildStepPart part in parts)
            yield return new ScreenLine(Line(width, $" => => {Describe(part)}", ""), !IsDone && part.Completed is null, color);
        if (IsDone || isEnd)
            yield break;
        foreach (string line in Log.Last(LogLines))
            yield return new ScreenLine($" => => # {line}", IsLive: true);
    }

    private string State => Vertex switch
    {
        { Cached: true } => "CACHED ",
        { Error: not null } => IsCanceled ? "CANCELED " : "ERROR ",
        _ => "",
    };

    private TimeSpan Lasted(DateTimeOffset now) => Vertex is { Completed: { } end, Started: { } start } ? end - start : now - (Began ?? now);

    private static string Line(int width, string text, TimeSpan lasted) =>
        Line(width, text, string.Create(CultureInfo.InvariantCulture, $" {Math.Max(0, lasted.TotalSeconds):0.0}s"));

    /// <summary>The end of a line that is too long goes, never the time.</summary>
    private static string Line(int width, string text, string right)
    {
        string clean = StepLog.Clean(text);
        int room = Math.Max(0, width - right.Length);
        string left = TextWidth.Of(clean) <= room ? clean : TextWidth.Cut(clean, Math.Max(0, room - 3)) + "...";
        return right.Length == 0 ? left : left + new string(' ', Math.Max(0, room - TextWidth.Of(left))) + right;
    }

    private static string Describe(BuildStepPart part)
    {
        string name = part.Name is { } doing ? $"{part.Id}: {doing}" : part.Id;
        return part switch
        {
            { Total: > 0 } => $"{name}  {Units.HumanSize(part.Current)} / {Units.HumanSize(part.Total)}",
            { Current: > 0 } => $"{name} {Units.HumanSize(part.Current)}",
            _ => name,
        };
    }
}
