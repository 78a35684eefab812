using System.Text.Json.Serialization;

namespace Argosy.Registry;

/// <summary>The answer of <c>GET /v1/search</c>.</summary>
internal sealed record SearchAnswer([property: JsonPropertyName("results")] IReadOnlyList<FoundRepository>? Results);
