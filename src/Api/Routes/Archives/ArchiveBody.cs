using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Archives;
using Argosy.Linux.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Argosy.Api.Routes.Archives;

/// <summary>Tar archives as requests and answers, with Docker's header about the path (Engine API, ContainerArchiveInfo).</summary>
internal static class ArchiveBody
{
    private const string StatHeader = "X-Docker-Container-Path-Stat";

    /// <summary>The query parameter "path".</summary>
    internal static string PathOf(HttpContext context) =>
        context.Query("path") is { Length: > 0 } path ? path : throw EngineException.Invalid("bad parameter: path cannot be empty");

    /// <summary>How a PUT wants its archive extracted.</summary>
    internal static ArchiveWrite Options(HttpContext context) => new(context.QueryBool("noOverwriteDirNonDir"), context.QueryBool("copyUIDGID"));

    /// <summary>The header that says what a path is.</summary>
    internal static void Show(HttpContext context, PathStatus status) => context.Response.Headers[StatHeader] = Encode(status);

    /// <summary>The answer's body, after the header that says what it is of.</summary>
    internal static Stream Begin(HttpContext context, PathStatus status)
    {
        Show(context, status);
        return Begin(context);
    }

    /// <summary>The request's body.</summary>
    internal static Stream Read(HttpContext context)
    {
        AllowBlocking(context);
        return context.Request.Body;
    }

    /// <summary>The answer's body: a tar.</summary>
    internal static Stream Begin(HttpContext context)
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
