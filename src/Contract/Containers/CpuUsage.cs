using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>Processor time used, in nanoseconds.</summary>
public sealed record CpuUsage
{
    [JsonPropertyName("total_usage")]
    public ulong Total { get; init; }

    [JsonPropertyName("percpu_usage")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ulong>? PerCpu { get; init; }

    [JsonPropertyName("usage_in_kernelmode")]
    public ulong InKernelMode { get; init; }

    [JsonPropertyName("usage_in_usermode")]
    public ulong InUserMode { get; init; }
}
