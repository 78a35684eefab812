using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>The answer of <c>GET /exec/{id}/json</c>.</summary>
public sealed record ExecInspect
{
    [JsonPropertyName("ID")]
    public string Id { get; set; } = "";

    public bool Running { get; init; }

    public int? ExitCode { get; init; }

    public ExecProcessConfig? ProcessConfig { get; init; }

    public bool OpenStdin { get; init; }

    public bool OpenStderr { get; init; }

    public bool OpenStdout { get; init; }

    public bool CanRemove { get; init; }

    [JsonPropertyName("ContainerID")]
    public string ContainerId { get; set; } = "";

    public string DetachKeys { get; set; } = "";

    public int Pid { get; init; }
}
