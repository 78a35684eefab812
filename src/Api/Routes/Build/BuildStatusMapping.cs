using System.Text;
using Argosy.Build;
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
        Warnings = OrNull(trace.Warnings, text => new BuildWarning { Level = 1, Short = Encoding.UTF8.GetBytes(text) }),
    };

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
