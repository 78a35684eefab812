using Argosy.Core;

namespace Argosy.Build;

/// <summary>A piece of what a step's command has printed.</summary>
/// <param name="Vertex">The step.</param>
/// <param name="Stream">1 for standard output, 2 for standard error.</param>
/// <param name="Data">Bytes as they came, with no regard to lines or characters.</param>
/// <param name="Timestamp">When.</param>
public sealed record VertexLog(Digest Vertex, int Stream, ReadOnlyMemory<byte> Data, DateTimeOffset Timestamp);
