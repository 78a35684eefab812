using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>The firewall driver and its properties.</summary>
public sealed record FirewallInfo
{
    public string Driver { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<string>>? Info { get; init; }
}
