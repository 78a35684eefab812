namespace Argosy.Contract.Volumes;

/// <summary>The body of <c>POST /argosy/volumes/{name}/clone</c>.</summary>
public sealed record VolumeCloneRequest
{
    /// <summary>The new volume's name.</summary>
    public string? Name { get; init; }

    /// <summary>Labels beside those of the volume that is cloned.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
