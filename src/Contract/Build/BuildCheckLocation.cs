using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>Where a check has found something.</summary>
public sealed record BuildCheckLocation
{
    /// <summary>Which of the sources.</summary>
    [JsonPropertyName("sourceIndex")]
    public int SourceIndex { get; init; }

    [JsonPropertyName("ranges")]
    public IReadOnlyList<BuildSourceRange> Ranges { get; set; } = [];
}
