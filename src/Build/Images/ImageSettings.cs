using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Build.Images;

/// <summary>What a container of the image runs with, by default (OCI image spec, config.md, and Docker's additions).</summary>
internal sealed record ImageSettings
{
    public string? User { get; set; }

    public SortedDictionary<string, JsonElement>? ExposedPorts { get; set; }

    public List<string>? Env { get; set; }

    public List<string>? Entrypoint { get; set; }

    public List<string>? Cmd { get; set; }

    public HealthSettings? Healthcheck { get; set; }

    public bool? ArgsEscaped { get; set; }

    public SortedDictionary<string, JsonElement>? Volumes { get; set; }

    public string? WorkingDir { get; set; }

    public List<string>? OnBuild { get; set; }

    public SortedDictionary<string, string>? Labels { get; set; }

    public string? StopSignal { get; set; }

    public List<string>? Shell { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}
