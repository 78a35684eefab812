using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>The answer of <c>GET /version</c>.</summary>
public sealed record SystemVersion
{
    public SystemVersionPlatform? Platform { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ComponentVersion>? Components { get; init; }

    public string Version { get; set; } = "";

    public string ApiVersion { get; set; } = "";

    [JsonPropertyName("MinAPIVersion")]
    public string MinApiVersion { get; set; } = "";

    public string GitCommit { get; set; } = "";

    public string GoVersion { get; set; } = "";

    public string Os { get; set; } = "";

    public string Arch { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? KernelVersion { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Experimental { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? BuildTime { get; init; }
}
