using Argosy.Api.Http;
using Argosy.Api.Routes.Archives;
using Argosy.Contract.Volumes;
using Argosy.Core;
using Argosy.Engine.Volumes;
using Argosy.Volumes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Volumes;

/// <summary>What is in volumes: ours, and so below /argosy. The archive endpoints are those of containers in everything else.</summary>
internal sealed class VolumeContentRoutes(VolumeService volumes, VolumeArchive archive) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/argosy/volumes/{name}/archive", ["HEAD"], Status);
        routes.MapGet("/argosy/volumes/{name}/archive", Read);
        routes.MapPut("/argosy/volumes/{name}/archive", Write);
        routes.MapGet("/argosy/volumes/{name}/export", Export);
        routes.MapPut("/argosy/volumes/{name}/import", Import);
        routes.MapPost("/argosy/volumes/{name}/clone", Clone);
    }

    private async Task Status(HttpContext context) =>
        ArchiveBody.Show(context, await archive.StatusAsync(context.Route("name"), ArchiveBody.PathOf(context), context.RequestAborted));

    private async Task Read(HttpContext context) =>
        await archive.ReadAsync(context.Route("name"), ArchiveBody.PathOf(context), status => ArchiveBody.Begin(context, status), context.RequestAborted);

    private async Task Write(HttpContext context) =>
        await archive.WriteAsync(context.Route("name"), ArchiveBody.PathOf(context), ArchiveBody.Read(context), ArchiveBody.Options(context), context.RequestAborted);

    private async Task Export(HttpContext context) =>
        await archive.ExportAsync(context.Route("name"), () => ArchiveBody.Begin(context), context.RequestAborted);

    private async Task Import(HttpContext context) =>
        await AnswerAsync(context, await archive.ImportAsync(context.Route("name"), context.QueryBool("replace"), ArchiveBody.Read(context), context.RequestAborted));

    private async Task Clone(HttpContext context)
    {
        VolumeCloneRequest body = await context.ReadJsonAsync(VolumesJson.Default.VolumeCloneRequest);
        if (string.IsNullOrEmpty(body.Name))
            throw EngineException.Invalid("the new volume needs a name");
        await AnswerAsync(context, await volumes.CloneAsync(context.Route("name"), body.Name, body.Labels ?? new Dictionary<string, string>(), context.RequestAborted));
    }

    private Task AnswerAsync(HttpContext context, VolumeRecord volume) =>
        context.WriteJsonAsync(VolumePresenter.Show(volumes.Store, volume), VolumesJson.Default.Volume, StatusCodes.Status201Created);
}
