using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>What the checks of a Dockerfile have found. The names are those of BuildKit's lint results, as <c>docker buildx build --call=check,format=json</c> prints them.</summary>
public sealed record BuildCheckResult
{
    [JsonPropertyName("warnings")]
    public IReadOnlyList<BuildCheckWarning> Warnings { get; set; } = [];

    /// <summary>The Dockerfile, the only one.</summary>
    [JsonPropertyName("sources")]
    public IReadOnlyList<BuildSourceInfo> Sources { get; set; } = [];
}
