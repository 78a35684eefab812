using Argosy.Api.Http;
using Argosy.Api.Routes.Containers;
using Argosy.Api.Routes.Images;
using Argosy.Api.Routes.Volumes;
using Argosy.Build.Cache;
using Argosy.Contract.Containers;
using Argosy.Contract.Images;
using Argosy.Contract.System;
using Argosy.Contract.Volumes;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Images;
using Argosy.Images.Layers;
using Argosy.Images.Records;
using Argosy.Volumes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Daemon;

/// <summary>What takes room on the data root.</summary>
internal sealed class DiskUsageRoutes(
    ImageQueries images, ImagePresenter summaries, LayerStore layers, ImageStore store, ContainerTable containers, ContainerPresenter presenter, VolumeStore volumes, BuildCache cache) : IRouteGroup
{
    private static readonly string[] Types = ["container", "image", "volume", "build-cache"];

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/system/df", Show);

    private async Task Show(HttpContext context)
    {
        string[] wanted = context.Request.Query["type"] is { Count: > 0 } given ? [.. given.OfType<string>()] : Types;
        if (wanted.FirstOrDefault(type => !Types.Contains(type)) is { } unknown)
            throw EngineException.Invalid($"unknown object type: {unknown}");
        HashSet<string> ofImages = [.. store.List().SelectMany(image => image.ChainIds).Select(chain => chain.ToString())];
        IReadOnlyList<BuildCacheEntry> cached = cache.Entries;
        // A layer that only the cache keeps is the cache's: every byte is counted once.
        HashSet<string> ofCache = [.. cached.Select(entry => entry.Layer).OfType<string>().Where(chain => !ofImages.Contains(chain))];
        await context.WriteJsonAsync(new DiskUsage
        {
            LayersSize = wanted.Contains("image") ? layers.All.Where(layer => !ofCache.Contains(layer.ChainId.ToString())).Sum(layer => layer.Size) : 0,
            Images = wanted.Contains("image") ? [.. images.List(new ImageFilter { SharedSize = true }).Select(image => Counted(summaries.Summary(image, context.ApiVersion(), withManifests: false)))] : null,
            Containers = wanted.Contains("container") ? await ContainersAsync(context) : null,
            Volumes = wanted.Contains("volume") ? [.. volumes.List().Select(Usage)] : null,
            BuildCache = wanted.Contains("build-cache") ? [.. cached.Select(entry => Usage(entry, entry.Layer is { } layer && ofImages.Contains(layer)))] : null,
        }, SystemJson.Default.DiskUsage);
    }

    private Task<IReadOnlyList<ContainerSummary>> ContainersAsync(HttpContext context) =>
        presenter.SummariesAsync(containers.All.Where(container => !container.Hidden), size: true, context.RequestAborted);

    /// <summary>A list of images leaves their containers out; here they are counted, as dockerd does.</summary>
    private ImageSummary Counted(ImageSummary image) => image with { Containers = containers.All.Count(container => !container.Hidden && container.ImageId == image.Id) };

    private Volume Usage(VolumeRecord volume) =>
        VolumePresenter.ShowUsage(volumes, volume);

    private static BuildCacheUsage Usage(BuildCacheEntry entry, bool isShared) => new()
    {
        Id = entry.Id,
        Type = entry.Type,
        InUse = entry.InUse,
        Shared = isShared,
        Description = entry.Description,
        Size = entry.Size,
        CreatedAt = entry.Created,
        LastUsedAt = entry.LastUsed,
        UsageCount = entry.Uses,
    };
}
