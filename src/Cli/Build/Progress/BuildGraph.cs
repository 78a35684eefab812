using System.Globalization;
using System.Text;
using Argosy.Cli.Output;
using Argosy.Contract.Build;

namespace Argosy.Cli.Build.Progress;

/// <summary>What is known of a build, and how BuildKit's client would show it: a line per step that has begun, its parts or the last of its output below.</summary>
internal sealed class BuildGraph(TimeProvider clock)
{
    private readonly Dictionary<string, GraphStep> steps = new(StringComparer.Ordinal);
    private readonly List<GraphStep> begun = [];
    private readonly DateTimeOffset start = clock.GetUtcNow();

    /// <summary>Whether the engine has told of its graph: one that does not know how sends text instead.</summary>
    public bool IsKnown { get; private set; }

    public List<BuildWarning> Warnings { get; } = [];

    public void Update(BuildStatus status)
    {
        foreach (BuildStep step in status.Vertexes ?? [])
            Update(step);
        foreach (BuildStepPart part in status.Statuses ?? [])
            steps.GetValueOrDefault(part.Vertex)?.Update(part);
        foreach (BuildStepLog log in status.Logs ?? [])
            steps.GetValueOrDefault(log.Vertex)?.Log.Add(log.Data);
        Warnings.AddRange(status.Warnings ?? []);
    }

    /// <param name="width">Columns.</param>
    /// <param name="isEnd">Nothing runs any more.</param>
    public IReadOnlyList<ScreenLine> Lines(int width, bool isEnd)
    {
        string count = string.Create(CultureInfo.InvariantCulture, $"[+] Building {(clock.GetUtcNow() - start).TotalSeconds:0.0}s ({steps.Values.Count(step => step.IsDone)}/{steps.Count}){(isEnd ? " FINISHED" : "")}");
        return [new ScreenLine(count, IsLive: true), .. begun.SelectMany(step => step.Lines(width, isEnd, clock.GetUtcNow()))];
    }

    /// <summary>What the steps that failed have printed; not of those that were only stopped.</summary>
    public IEnumerable<string> FailureLines() => begun.Where(step => step.HasFailed)
        .SelectMany(step => (string[])["------", $" > {step.Vertex.Name}:", .. step.Log.Kept, "------"]);

    /// <summary>What does not stop the build: first what is about the request, then what the checks have found, with its lines.</summary>
    public IEnumerable<string> WarningLines()
    {
        foreach (BuildWarning warning in Warnings.Where(warning => warning.Source is null))
            yield return Encoding.UTF8.GetString(warning.Short);
        BuildWarning[] found = [.. Warnings.Where(warning => warning.Source is not null)];
        if (found.Length > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"\n {found.Length} warning{(found.Length == 1 ? "" : "s")} found:");
        foreach (BuildWarning warning in found)
        {
            yield return $" - {StepLog.Clean(Encoding.UTF8.GetString(warning.Short))}";
            foreach (BuildSourceRange range in warning.Range ?? [])
                yield return string.Join('\n', BuildCheck.Excerpt(warning.Source!, range).Split('\n').Select(StepLog.Clean));
        }
    }

    private void Update(BuildStep step)
    {
        // What the client itself does is told before the engine has said anything.
        IsKnown |= step.Digest != ContextTrace.Digest;
        if (!steps.TryGetValue(step.Digest, out GraphStep? known))
            steps[step.Digest] = known = new GraphStep(step);
        if (known.Began is null && step.Started is not null)
        {
            known.Began = clock.GetUtcNow();
            begun.Add(known);
        }
        known.Vertex = step;
    }
}
