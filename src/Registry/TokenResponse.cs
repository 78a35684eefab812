using System.Text.Json.Serialization;

namespace Argosy.Registry;

/// <summary>A token server's answer.</summary>
internal sealed record TokenResponse
{
    [JsonPropertyName("token")]
    public string? Token { get; init; }

    /// <summary>OAuth2's name for the same.</summary>
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    /// <summary>Seconds; absent means 60.</summary>
    [JsonPropertyName("expires_in")]
    public int? ExpiresIn { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? RefreshToken { get; init; }

    /// <summary>The token under either name; empty when there is none.</summary>
    [JsonIgnore]
    public string Text => string.IsNullOrEmpty(Token) ? AccessToken ?? "" : Token;
}
