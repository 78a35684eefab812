using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>One sample of <c>GET /containers/{id}/stats</c>.</summary>
public sealed record ContainerStats
{
    [JsonPropertyName("name")]
    public string Name { get; set; } = "";

    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    [JsonPropertyName("read")]
    public DateTimeOffset Read { get; init; }

    [JsonPropertyName("preread")]
    public DateTimeOffset PreviousRead { get; init; }

    [JsonPropertyName("pids_stats")]
    public PidsStats? Pids { get; init; }

    [JsonPropertyName("blkio_stats")]
    public BlkioStats? BlockIO { get; init; }

    [JsonPropertyName("num_procs")]
    public int NumProcs { get; init; }

    [JsonPropertyName("storage_stats")]
    public StorageStats? Storage { get; init; }

    [JsonPropertyName("cpu_stats")]
    public CpuStats? Cpu { get; init; }

    [JsonPropertyName("precpu_stats")]
    public CpuStats? PreviousCpu { get; init; }

    [JsonPropertyName("memory_stats")]
    public MemoryStats? Memory { get; init; }

    [JsonPropertyName("networks")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, NetworkStats>? Networks { get; init; }
}
