using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>The answer of <c>POST /auth</c>.</summary>
public sealed record AuthResponse
{
    public string Status { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdentityToken { get; init; }
}
