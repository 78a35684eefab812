using System.Text.Json.Serialization;

namespace Argosy.Images.Manifests;

/// <summary>What a container of the image runs with unless it is told otherwise (OCI image spec, config.md, "config"; Docker's additions).</summary>
public sealed record ImageConfig
{
    [JsonPropertyName("User")]
    public string? User { get; init; }

    /// <summary><c>80/tcp</c>, sorted.</summary>
    [JsonPropertyName("ExposedPorts")]
    [JsonConverter(typeof(NameSetConverter))]
    public IReadOnlyList<string>? ExposedPorts { get; init; }

    /// <summary><c>NAME=value</c>.</summary>
    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Env { get; init; }

    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; init; }

    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; init; }

    [JsonPropertyName("Healthcheck")]
    public HealthCheck? Healthcheck { get; init; }

    /// <summary>Windows only; kept, because the image's digest covers it.</summary>
    [JsonPropertyName("ArgsEscaped")]
    public bool? ArgsEscaped { get; init; }

    [JsonPropertyName("Volumes")]
    [JsonConverter(typeof(NameSetConverter))]
    public IReadOnlyList<string>? Volumes { get; init; }

    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; init; }

    [JsonPropertyName("OnBuild")]
    public IReadOnlyList<string>? OnBuild { get; init; }

    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    [JsonPropertyName("StopSignal")]
    public string? StopSignal { get; init; }

    /// <summary>Seconds.</summary>
    [JsonPropertyName("StopTimeout")]
    public int? StopTimeout { get; init; }

    [JsonPropertyName("Shell")]
    public IReadOnlyList<string>? Shell { get; init; }
}
