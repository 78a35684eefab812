namespace Argosy.Contract.Volumes;

/// <summary>The body of <c>POST /volumes/create</c> (Engine API, VolumeCreateOptions).</summary>
public sealed record VolumeCreateRequest
{
    public string? Name { get; init; }

    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string>? DriverOpts { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Swarm's; refused.</summary>
    public EmptyObject? ClusterVolumeSpec { get; init; }
}
