using System.Text.Json.Serialization;

namespace Argosy.Registry;

/// <summary>A registry's refusal (distribution spec, "Error Codes").</summary>
internal sealed record ErrorDocument
{
    [JsonPropertyName("errors")]
    public IReadOnlyList<ErrorItem>? Errors { get; init; }

    /// <summary>Token servers that answer a single sentence.</summary>
    [JsonPropertyName("details")]
    public string? Details { get; init; }

    /// <summary>OAuth2 servers (RFC 6749, 5.2).</summary>
    [JsonPropertyName("error_description")]
    public string? Description { get; init; }

    internal sealed record ErrorItem
    {
        [JsonPropertyName("code")]
        public string? Code { get; init; }

        [JsonPropertyName("message")]
        public string? Message { get; init; }

        /// <summary>As the reference client prints it: <c>manifest unknown: manifest unknown</c>.</summary>
        public override string ToString()
        {
            string code = (Code ?? "unknown").Replace('_', ' ').ToLowerInvariant();
            return string.IsNullOrEmpty(Message) ? code : $"{code}: {Message}";
        }
    }
}
