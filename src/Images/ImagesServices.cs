using Argosy.Images.Archives;
using Argosy.Images.Checks;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Linux.Files;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.Images;

/// <summary>Content, layers, snapshots and images.</summary>
public static class ImagesServices
{
    /// <summary>Needs <c>DaemonPaths</c>, <c>StateStore</c> and <c>TimeProvider</c>. Call <see cref="ImagesRecovery.RecoverAsync"/> at start.</summary>
    public static IServiceCollection AddImages(this IServiceCollection services, LayerLimits limits) => services
        .AddSingleton(limits)
        .AddSingleton<Trash>()
        .AddSingleton<DiskSync>()
        .AddSingleton<ContentStore>()
        .AddSingleton<Leases>()
        .AddSingleton<CompressedBlobs>()
        .AddSingleton<LayerStore>()
        .AddSingleton<ImageStore>()
        .AddSingleton<OverlaySnapshotter>()
        .AddSingleton<ISnapshotter>(provider => provider.GetRequiredService<OverlaySnapshotter>())
        .AddSingleton<IGarbageRoots>(provider => provider.GetRequiredService<OverlaySnapshotter>())
        .AddSingleton<IGarbageRoots>(provider => provider.GetRequiredService<ImageStore>())
        .AddSingleton<GarbageCollector>()
        .AddSingleton<ImagesRecovery>()
        .AddSingleton<StoreCheck>()
        .AddSingleton<ImageArchiveReader>()
        .AddSingleton<ImageArchiveWriter>();
}
