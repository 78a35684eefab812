using System.Text.Json.Serialization;

namespace Argosy.Api.Http;

/// <summary>The body of every error answer (Engine API, ErrorResponse).</summary>
internal sealed record ErrorBody([property: JsonPropertyName("message")] string Message);

[JsonSerializable(typeof(ErrorBody))]
[JsonSourceGenerationOptions]
internal sealed partial class ErrorJson : JsonSerializerContext;
