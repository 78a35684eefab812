using Argosy.Api.Http;
using Argosy.Contract.System;
using Argosy.Engine.Checks;
using Argosy.Images.Checks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Daemon;

/// <summary>The check of the data root: ours, and so below /argosy. Answers when it is done; ends when its client leaves.</summary>
internal sealed class StoreCheckRoutes(StoreCheckService checks) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/argosy/system/fsck", Check);

    private async Task Check(HttpContext context)
    {
        var options = new CheckOptions { Quick = context.QueryBool("quick"), Repair = context.QueryBool("repair") };
        (CheckReport images, DataRootReport root) = await checks.CheckAsync(options, context.RequestAborted);
        await context.WriteJsonAsync(Show(images, root), SystemJson.Default.StoreCheckReport);
    }

    private static StoreCheckReport Show(CheckReport report, DataRootReport root) => new()
    {
        Blobs = report.Blobs,
        BlobBytes = report.BlobBytes,
        Layers = report.Layers,
        ComparedLayers = report.ComparedLayers,
        LayerBytes = report.LayerBytes,
        Images = report.Images,
        Snapshots = report.Snapshots,
        UnreferencedBytes = report.UnreferencedBytes,
        Volumes = root.Volumes,
        VolumeBytes = root.VolumeBytes,
        BuildMounts = root.BuildMounts,
        BuildMountBytes = root.BuildMountBytes,
        ContainerBytes = root.ContainerBytes,
        ImageBytes = root.ImageBytes,
        OtherBytes = root.OtherBytes,
        UnknownBytes = root.UnknownBytes,
        DiskBytes = root.DiskBytes,
        Faults = [.. report.Faults.Concat(root.Faults).Select(fault => new StoreFault
        {
            Kind = fault.Kind.ToString(),
            Subject = fault.Subject,
            Reason = fault.Reason,
            Bytes = fault.Bytes,
            Repair = fault.Repair,
            IsRepaired = fault.IsRepaired,
        })],
    };
}
