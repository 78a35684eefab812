using System.Text.Json.Serialization;

namespace Argosy.Daemon;

/// <summary>An entry of <c>builder.gc.policy</c> of daemon.json.</summary>
internal sealed record BuilderGcRule
{
    /// <summary>Accepted as dockerd has it; there is no internal cache that is spared without it.</summary>
    [JsonPropertyName("all")]
    public bool? All { get; init; }

    /// <summary><c>unused-for=48h</c>, <c>type=exec.cachemount</c> or <c>type=regular</c>.</summary>
    [JsonPropertyName("filter")]
    public List<string>? Filter { get; init; }

    /// <summary>The older name of <see cref="ReservedSpace"/>.</summary>
    [JsonPropertyName("keepStorage")]
    public string? KeepStorage { get; init; }

    [JsonPropertyName("reservedSpace")]
    public string? ReservedSpace { get; init; }

    [JsonPropertyName("maxUsedSpace")]
    public string? MaxUsedSpace { get; init; }

    [JsonPropertyName("minFreeSpace")]
    public string? MinFreeSpace { get; init; }
}
