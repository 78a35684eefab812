using Argosy.Api.Http;
using Argosy.Core;
using Argosy.Engine.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Images;

/// <summary>Images that come and go: pull and import, load and save.</summary>
internal sealed class ImageTransferRoutes(ImagePull pull, ImageImport import, ImageLoad load, ImageSave save) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/images/create", Create);
        routes.MapPost("/images/load", Load);
        routes.MapGet("/images/get", SaveSeveral);
        routes.MapImageGet("get", Save);
    }

    private Task Create(HttpContext context) =>
        context.Query("fromImage") is { Length: > 0 } name ? Pull(context, name) : Import(context);

    private async Task Pull(HttpContext context, string name)
    {
        string? tag = context.Query("tag");
        var request = new PullRequest
        {
            Name = ImageNames.Parse(name, tag),
            AllTags = string.IsNullOrEmpty(tag) && ImageNames.IsBare(name),
            Platform = PlatformOf(context),
            Credentials = RegistryAuth.Of(context),
        };
        using var progress = new ProgressStream(context);
        await progress.RunAsync((lines, cancellationToken) => pull.PullAsync(request, lines, cancellationToken));
    }

    private async Task Import(HttpContext context)
    {
        string source = context.Query("fromSrc") is { Length: > 0 } given ? given : throw EngineException.Invalid("either fromImage or fromSrc is required");
        var request = new ImportRequest
        {
            Name = context.Query("repo") is { Length: > 0 } repository ? ImageNames.Parse(repository, context.Query("tag")) : null,
            Message = context.Query("message") is { Length: > 0 } message ? message : null,
            Changes = [.. context.Request.Query["changes"].OfType<string>()],
            Platform = PlatformOf(context),
        };
        using var progress = new ProgressStream(context);
        await progress.RunAsync((lines, cancellationToken) => source == "-"
            ? import.ImportAsync(context.Request.Body, request, lines, cancellationToken)
            : import.ImportAsync(source, request, lines, cancellationToken));
    }

    private async Task Load(HttpContext context)
    {
        Platform? platform = PlatformOf(context);
        bool quiet = context.QueryBool("quiet", absent: true);
        using var progress = new ProgressStream(context);
        await progress.RunAsync((lines, cancellationToken) => load.LoadAsync(Blocking(context, cancellationToken), platform, quiet, lines, cancellationToken));
    }

    private Task SaveSeveral(HttpContext context) => SaveAsync(context, [.. context.Request.Query["names"].OfType<string>()]);

    private Task Save(HttpContext context, string name) => SaveAsync(context, [name]);

    private async Task SaveAsync(HttpContext context, IReadOnlyList<string> names)
    {
        if (context.Request.Query["platform"].Count > 1)
            throw EngineException.Invalid("multiple platform parameters not supported");
        Func<Stream, CancellationToken, Task> write = save.Prepare(names, PlatformOf(context));
        context.Response.ContentType = "application/x-tar";
        await write(context.Response.Body, context.RequestAborted);
    }

    private static Argosy.Images.Content.BlockingStream Blocking(HttpContext context, CancellationToken cancellationToken) =>
        new(context.Request.Body, cancellationToken);

    private static Platform? PlatformOf(HttpContext context) =>
        context.Query("platform") is { Length: > 0 } text ? ImageNames.ParsePlatform(text) : null;
}
