using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>How often and how long (nanoseconds) the processor limit was hit.</summary>
public sealed record ThrottlingData
{
    [JsonPropertyName("periods")]
    public ulong Periods { get; init; }

    [JsonPropertyName("throttled_periods")]
    public ulong ThrottledPeriods { get; init; }

    [JsonPropertyName("throttled_time")]
    public ulong ThrottledTime { get; init; }
}
