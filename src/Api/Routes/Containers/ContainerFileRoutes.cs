using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Linux.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Containers;

/// <summary>Containers: their files.</summary>
internal sealed class ContainerFileRoutes(ContainerArchive archive) : IRouteGroup
{
    private const string StatHeader = "X-Docker-Container-Path-Stat";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/containers/{id}/archive", ["HEAD"], Status);
        routes.MapGet("/containers/{id}/archive", Read);
        routes.MapPut("/containers/{id}/archive", Write);
        routes.MapGet("/containers/{id}/export", Export);
        routes.MapGet("/containers/{id}/changes", Changes);
    }

    private async Task Status(HttpContext context) =>
        context.Response.Headers[StatHeader] = Encode(await archive.StatusAsync(context.Route("id"), PathOf(context), context.RequestAborted));

    private async Task Read(HttpContext context) =>
        await archive.ReadAsync(context.Route("id"), PathOf(context), status =>
        {
            context.Response.Headers[StatHeader] = Encode(status);
            return TarBody(context);
        }, context.RequestAborted);

    private async Task Write(HttpContext context)
    {
        AllowBlocking(context);
        var options = new ArchiveWrite(context.QueryBool("noOverwriteDirNonDir"), context.QueryBool("copyUIDGID"));
        await archive.WriteAsync(context.Route("id"), PathOf(context), context.Request.Body, options, context.RequestAborted);
    }

    private async Task Export(HttpContext context) =>
        await archive.ExportAsync(context.Route("id"), () => TarBody(context), context.RequestAborted);

    private async Task Changes(HttpContext context)
    {
        IReadOnlyList<FilesystemChange> changes = [.. archive.Changes(context.Route("id")).Select(change => new FilesystemChange { Path = change.Path, Kind = (int)change.Kind })];
        await context.WriteJsonAsync(changes, ContainersJson.Default.IReadOnlyListFilesystemChange);
    }

    private static string PathOf(HttpContext context) =>
        context.Query("path") is { Length: > 0 } path ? path : throw EngineException.Invalid("bad parameter: path cannot be empty");

    private static Stream TarBody(HttpContext context)
    {
        AllowBlocking(context);
        context.Response.ContentType = "application/x-tar";
        return context.Response.Body;
    }

    /// <summary>libarchive pulls and pushes synchronously; it does so on a thread of the pool, with the socket's flow control.</summary>
    private static void AllowBlocking(HttpContext context) =>
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;

    private static string Encode(PathStatus status) => Convert.ToBase64String(WireJson.Serialize(new ContainerPathStat
    {
        Name = status.Name,
        Size = status.Size,
        Mode = GoMode(status),
        ModifiedAt = status.Modified,
        LinkTarget = status.LinkTarget,
    }, ContainersJson.Default.ContainerPathStat));

    /// <summary>Go's os.FileMode, which the API shows: its type bits are not the kernel's.</summary>
    private static long GoMode(PathStatus status)
    {
        long mode = status.Permissions & 0x1ff;
        mode |= (status.Permissions & 0x800) != 0 ? 1L << 23 : 0;
        mode |= (status.Permissions & 0x400) != 0 ? 1L << 22 : 0;
        mode |= (status.Permissions & 0x200) != 0 ? 1L << 20 : 0;
        return mode | status.Type switch
        {
            FileType.Directory => 1L << 31,
            FileType.SymbolicLink => 1L << 27,
            FileType.BlockDevice => 1L << 26,
            FileType.CharacterDevice => (1L << 26) | (1L << 21),
            FileType.Fifo => 1L << 25,
            FileType.Socket => 1L << 24,
            _ => 0,
        };
    }
}
