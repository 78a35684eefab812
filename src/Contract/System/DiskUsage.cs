using Argosy.Contract.Containers;
using Argosy.Contract.Images;
using Argosy.Contract.Volumes;

namespace Argosy.Contract.System;

/// <summary>What takes room (Engine API, SystemDataUsageResponse).</summary>
public sealed record DiskUsage
{
    public long LayersSize { get; init; }

    public IReadOnlyList<ImageSummary>? Images { get; init; }

    public IReadOnlyList<ContainerSummary>? Containers { get; init; }

    public IReadOnlyList<Volume>? Volumes { get; init; }

    public IReadOnlyList<BuildCacheUsage>? BuildCache { get; init; }
}
