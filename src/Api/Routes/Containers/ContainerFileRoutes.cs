using Argosy.Api.Http;
using Argosy.Api.Routes.Archives;
using Argosy.Contract.Containers;
using Argosy.Engine.Containers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Containers;

/// <summary>Containers: their files.</summary>
internal sealed class ContainerFileRoutes(ContainerArchive archive) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/containers/{id}/archive", ["HEAD"], Status);
        routes.MapGet("/containers/{id}/archive", Read);
        routes.MapPut("/containers/{id}/archive", Write);
        routes.MapGet("/containers/{id}/export", Export);
        routes.MapGet("/containers/{id}/changes", Changes);
    }

    private async Task Status(HttpContext context) =>
        ArchiveBody.Show(context, await archive.StatusAsync(context.Route("id"), ArchiveBody.PathOf(context), context.RequestAborted));

    private async Task Read(HttpContext context) =>
        await archive.ReadAsync(context.Route("id"), ArchiveBody.PathOf(context), status => ArchiveBody.Begin(context, status), context.RequestAborted);

    private async Task Write(HttpContext context)
    {
        await archive.WriteAsync(context.Route("id"), ArchiveBody.PathOf(context), ArchiveBody.Read(context), ArchiveBody.Options(context), context.RequestAborted);
    }

    private async Task Export(HttpContext context) =>
        await archive.ExportAsync(context.Route("id"), () => ArchiveBody.Begin(context), context.RequestAborted);

    private async Task Changes(HttpContext context)
    {
        IReadOnlyList<FilesystemChange> changes = [.. archive.Changes(context.Route("id")).Select(change => new FilesystemChange { Path = change.Path, Kind = (int)change.Kind })];
        await context.WriteJsonAsync(changes, ContainersJson.Default.IReadOnlyListFilesystemChange);
    }
}
