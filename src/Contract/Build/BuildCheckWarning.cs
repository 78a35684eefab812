using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>A rule that a Dockerfile does not keep.</summary>
public sealed record BuildCheckWarning
{
    [JsonPropertyName("ruleName")]
    public string RuleName { get; set; } = "";

    /// <summary>What the rule asks for.</summary>
    [JsonPropertyName("description")]
    public string Description { get; set; } = "";

    /// <summary>Where it is explained.</summary>
    [JsonPropertyName("url")]
    public string Url { get; set; } = "";

    /// <summary>What is wrong here.</summary>
    [JsonPropertyName("detail")]
    public string Detail { get; set; } = "";

    [JsonPropertyName("location")]
    public BuildCheckLocation Location { get; set; } = new();
}
