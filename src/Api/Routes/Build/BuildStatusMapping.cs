using System.Text;
using Argosy.Build;
using Argosy.Build.Checks;
using Argosy.Contract.Build;

namespace Argosy.Api.Routes.Build;

/// <summary>News of a build's graph on the wire.</summary>
internal static class BuildStatusMapping
{
    public static BuildStatus Of(BuildTrace trace) => new()
    {
        Vertexes = OrNull(trace.Vertexes, Of),
        Statuses = OrNull(trace.Statuses, Of),
        Logs = OrNull(trace.Logs, Of),
        Warnings = OrNull(trace.Warnings, Of),
    };

    public static BuildCheckResult Of(CheckReport report) => new()
    {
        Warnings = [.. report.Warnings.Select(Of)],
        Sources = [SourceOf(report.FileName, report.Lines)],
    };

    private static BuildCheckWarning Of(CheckWarning warning) => new()
    {
        RuleName = warning.Rule.Name,
        Description = warning.Rule.Description,
        Url = warning.Rule.Url,
        Detail = warning.Text,
        Location = new BuildCheckLocation { Ranges = [RangeOf(warning.Line, warning.EndLine)] },
    };

    private static BuildWarning Of(BuildNotice notice) => new()
    {
        Level = 1,
        Short = Encoding.UTF8.GetBytes(notice.Text),
        Detail = notice.Detail is { } detail ? [Encoding.UTF8.GetBytes(detail)] : null,
        Url = notice.Url,
        Source = notice.Place is { } place ? SourceOf(place.FileName, place.Lines) : null,
        Range = notice.Place is var (_, _, first, last) ? [RangeOf(first, last)] : null,
    };

    private static BuildSourceInfo SourceOf(string name, IReadOnlyList<string> lines) => new() { FileName = name, Data = Encoding.UTF8.GetBytes(string.Join('\n', lines)) };

    private static BuildSourceRange RangeOf(int first, int last) => new() { Start = new BuildSourcePosition { Line = first }, End = new BuildSourcePosition { Line = last } };

    private static BuildStep Of(BuildVertex vertex) => new()
    {
        Digest = vertex.Digest.ToString(),
        Name = vertex.Name,
        Inputs = OrNull(vertex.Inputs, input => input.ToString()),
        Started = vertex.Started,
        Completed = vertex.Completed,
        Cached = vertex.Cached,
        Error = vertex.Error,
    };

    private static BuildStepPart Of(VertexStatus status) => new()
    {
        Vertex = status.Vertex.ToString(),
        Id = status.Id,
        Name = status.Name.Length > 0 ? status.Name : null,
        Current = status.Current,
        Total = status.Total,
        Timestamp = status.Timestamp,
        Completed = status.Completed,
    };

    private static BuildStepLog Of(VertexLog log) => new()
    {
        Vertex = log.Vertex.ToString(),
        Stream = log.Stream,
        Data = log.Data.ToArray(),
        Timestamp = log.Timestamp,
    };

    private static TTo[]? OrNull<TFrom, TTo>(IReadOnlyList<TFrom> list, Func<TFrom, TTo> map) => list.Count == 0 ? null : [.. list.Select(map)];
}
