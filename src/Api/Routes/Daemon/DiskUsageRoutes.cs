using Argosy.Api.Http;
using Argosy.Api.Routes.Containers;
using Argosy.Api.Routes.Images;
using Argosy.Api.Routes.Volumes;
using Argosy.Build.Cache;
using Argosy.Contract.Containers;
using Argosy.Contract.System;
using Argosy.Contract.Volumes;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Images;
using Argosy.Images.Layers;
using Argosy.Volumes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Daemon;

/// <summary>What takes room on the data root.</summary>
internal sealed class DiskUsageRoutes(
    ImageQueries images, ImagePresenter summaries, LayerStore layers, ContainerTable containers, ContainerPresenter presenter, VolumeStore volumes, BuildCache cache) : IRouteGroup
{
    private static readonly string[] Types = ["container", "image", "volume", "build-cache"];

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/system/df", Show);

    private async Task Show(HttpContext context)
    {
        string[] wanted = context.Request.Query["type"] is { Count: > 0 } given ? [.. given.OfType<string>()] : Types;
        if (wanted.FirstOrDefault(type => !Types.Contains(type)) is { } unknown)
            throw EngineException.Invalid($"unknown object type: {unknown}");
        await context.WriteJsonAsync(new DiskUsage
        {
            LayersSize = wanted.Contains("image") ? layers.All.Sum(layer => layer.Size) : 0,
            Images = wanted.Contains("image") ? [.. images.List(new ImageFilter { SharedSize = true }).Select(image => summaries.Summary(image, context.ApiVersion(), withManifests: false))] : null,
            Containers = wanted.Contains("container") ? await ContainersAsync(context) : null,
            Volumes = wanted.Contains("volume") ? [.. volumes.List().Select(Usage)] : null,
            BuildCache = wanted.Contains("build-cache") ? [.. cache.Entries.Select(Usage)] : null,
        }, SystemJson.Default.DiskUsage);
    }

    private Task<IReadOnlyList<ContainerSummary>> ContainersAsync(HttpContext context) =>
        presenter.SummariesAsync(containers.All.Where(container => !container.Hidden), size: true, context.RequestAborted);

    private Volume Usage(VolumeRecord volume) =>
        VolumePresenter.ShowUsage(volumes, volume);

    private static BuildCacheUsage Usage(BuildCacheEntry entry) => new()
    {
        Id = entry.Id,
        Type = entry.Type,
        InUse = entry.InUse,
        Description = entry.Description,
        Size = entry.Size,
        CreatedAt = entry.Created,
        LastUsedAt = entry.LastUsed,
        UsageCount = entry.Uses,
    };
}
