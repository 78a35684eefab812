using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>Swarm state; <c>inactive</c> for an engine that is no Swarm node.</summary>
public sealed record SwarmInfo
{
    [JsonPropertyName("NodeID")]
    public string NodeId { get; set; } = "";

    public string NodeAddr { get; set; } = "";

    public string LocalNodeState { get; set; } = "";

    public bool ControlAvailable { get; init; }

    public string Error { get; set; } = "";

    public JsonElement? RemoteManagers { get; init; }
}
