using System.Text.Json.Serialization;

namespace Argosy.Daemon;

/// <summary><c>builder</c> of daemon.json.</summary>
internal sealed record BuilderSettings
{
    [JsonPropertyName("gc")]
    public BuilderGcSettings? Gc { get; init; }
}
