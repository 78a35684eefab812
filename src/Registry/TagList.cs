using System.Text.Json.Serialization;

namespace Argosy.Registry;

/// <summary>A page of a repository's tags.</summary>
internal sealed record TagList([property: JsonPropertyName("tags")] IReadOnlyList<string>? Tags);
