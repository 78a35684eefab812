using System.Text.Json.Serialization;

namespace Argosy.Contract;

/// <summary>The body of every answer that is not a success.</summary>
public sealed record ErrorResponse
{
    [JsonPropertyName("message")]
    public string Message { get; set; } = "";
}
