using Argosy.Api.Http;
using Argosy.Contract.System;
using Argosy.Engine.Images;
using Argosy.Images.Checks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Daemon;

/// <summary>The check of the image stores: ours, and so below /argosy. Answers when it is done; ends when its client leaves.</summary>
internal sealed class StoreCheckRoutes(StoreCheckService checks) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/argosy/system/fsck", Check);

    private async Task Check(HttpContext context)
    {
        var options = new CheckOptions { Quick = context.QueryBool("quick"), Repair = context.QueryBool("repair") };
        CheckReport report = await checks.CheckAsync(options, context.RequestAborted);
        await context.WriteJsonAsync(Show(report), SystemJson.Default.StoreCheckReport);
    }

    private static StoreCheckReport Show(CheckReport report) => new()
    {
        Blobs = report.Blobs,
        BlobBytes = report.BlobBytes,
        Layers = report.Layers,
        ComparedLayers = report.ComparedLayers,
        LayerBytes = report.LayerBytes,
        Images = report.Images,
        Snapshots = report.Snapshots,
        UnreferencedBytes = report.UnreferencedBytes,
        Faults = [.. report.Faults.Select(fault => new StoreFault
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
