using System.Text.Json.Serialization;

namespace Argosy.Volumes;

/// <summary>A named volume of the local driver.</summary>
/// <param name="Options">The driver's: type, device and o of a mount; empty for a plain directory.</param>
public sealed record VolumeRecord(string Name, IReadOnlyDictionary<string, string> Options, IReadOnlyDictionary<string, string> Labels, DateTimeOffset Created)
{
    /// <summary>Docker's mark of a volume that nobody named.</summary>
    public const string AnonymousLabel = "com.docker.volume.anonymous";

    /// <summary>Always <c>local</c>.</summary>
    public string Driver { get; set; } = "local";

    [JsonIgnore]
    public bool IsAnonymous => Labels.ContainsKey(AnonymousLabel);
}
