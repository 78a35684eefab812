using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>Swarm state; <c>inactive</c> for an engine that is no Swarm node.</summary>
public sealed record SwarmInfo
{
    [JsonPropertyName("NodeID")]
    public string NodeId { get; init; } = "";

    public string NodeAddr { get; init; } = "";

    public string LocalNodeState { get; init; } = "";

    public bool ControlAvailable { get; init; }

    public string Error { get; init; } = "";

    public JsonElement? RemoteManagers { get; init; }
}
