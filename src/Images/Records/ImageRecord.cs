using System.Text.Json.Serialization;
using Argosy.Core;
using Argosy.Images.Manifests;

namespace Argosy.Images.Records;

/// <summary>An image that is here whole: configuration, manifest, layers. Immutable; what changes is which names point at it.</summary>
public sealed record ImageRecord
{
    /// <summary>The digest of its configuration document.</summary>
    public required Digest Id { get; init; }

    /// <summary>What a container runs with unless told otherwise.</summary>
    public required ImageConfig Config { get; init; }

    /// <summary>GOARCH's word.</summary>
    public required string Architecture { get; init; }

    /// <summary>GOOS's word.</summary>
    public required string Os { get; init; }

    public string? Variant { get; init; }

    public string? OsVersion { get; init; }

    public DateTimeOffset? Created { get; init; }

    public string? Author { get; init; }

    public string? Comment { get; init; }

    public string? DockerVersion { get; init; }

    public IReadOnlyList<HistoryEntry> History { get; set; } = [];

    /// <summary>The digests of the uncompressed layers, bottom first.</summary>
    public required IReadOnlyList<Digest> DiffIds { get; init; }

    /// <summary>The layers' names in the layer store, bottom first.</summary>
    public required IReadOnlyList<Digest> ChainIds { get; init; }

    /// <summary>The manifest in the content store.</summary>
    public required Descriptor Manifest { get; init; }

    /// <summary>The configuration and layer blobs in the content store, as the manifest names them.</summary>
    public required Descriptor ConfigBlob { get; init; }

    /// <summary>The layers' blobs, bottom first.</summary>
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    /// <summary>Bytes of file content of all layers.</summary>
    public required long Size { get; init; }

    /// <summary>The image it was built or committed from, where that is known.</summary>
    public Digest? Parent { get; init; }

    /// <summary>When a name was last pointed at it.</summary>
    public DateTimeOffset? LastTagged { get; init; }

    /// <summary>Names with tags, normalised (<c>docker.io/library/busybox:latest</c>), sorted.</summary>
    public IReadOnlyList<string> Tags { get; set; } = [];

    /// <summary>Names with manifest digests, normalised, sorted.</summary>
    public IReadOnlyList<string> Digests { get; set; } = [];

    /// <summary>Names with tags as people write them (<c>busybox:latest</c>).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> RepoTags => [.. Tags.Select(Familiar)];

    /// <summary>Names with manifest digests as people write them (<c>busybox@sha256:…</c>).</summary>
    [JsonIgnore]
    public IReadOnlyList<string> RepoDigests => [.. Digests.Select(Familiar)];

    /// <summary>The labels, empty when there are none.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Labels => Config.Labels ?? new Dictionary<string, string>();

    private static string Familiar(string reference) => ImageReference.Parse(reference).Familiar;
}
