using System.Globalization;
using Argosy.Api.Http;
using Argosy.Contract;
using Argosy.Contract.Images;
using Argosy.Contract.System;
using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Manifests;
using Argosy.Registry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Images;

/// <summary>What registries know: pull, push, credentials, distribution.</summary>
internal sealed class RegistryRoutes(ImagePush push, RegistryQueries registries) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapImagePost("push", Push);
        routes.MapDistributionGet("json", Inspect);
        routes.MapGet("/images/search", Search);
        routes.MapPost("/auth", Login);
    }

    private async Task Push(HttpContext context, string name)
    {
        string? tag = context.Query("tag");
        var request = new PushRequest
        {
            Name = ImageNames.Parse(name, tag),
            AllTags = string.IsNullOrEmpty(tag) && ImageNames.IsBare(name),
            Platform = context.Query("platform") is { Length: > 0 } platform ? ImageNames.ParsePlatform(platform) : null,
            Credentials = RegistryAuth.Of(context),
        };
        using var progress = new ProgressStream(context);
        await progress.RunAsync((lines, cancellationToken) => push.PushAsync(request, lines, cancellationToken));
    }

    private async Task Inspect(HttpContext context, string name)
    {
        (Descriptor descriptor, IReadOnlyList<Platform> platforms) = await registries.InspectAsync(ImageReference.Parse(name), RegistryAuth.Of(context), context.RequestAborted);
        var answer = new DistributionInspect
        {
            Descriptor = new OciDescriptor { MediaType = descriptor.MediaType, Digest = descriptor.Digest.ToString(), Size = descriptor.Size },
            Platforms = [.. platforms.Select(platform => new OciPlatform { Architecture = platform.Architecture, Os = platform.Os, Variant = platform.Variant })],
        };
        await context.WriteJsonAsync(answer, ImagesJson.Default.DistributionInspect);
    }

    /// <summary>A term may begin with a registry's host; without one Docker Hub is searched.</summary>
    private async Task Search(HttpContext context)
    {
        string term = context.Query("term") is { Length: > 0 } given ? given : throw EngineException.Invalid("search term cannot be blank");
        if (term.Contains("://", StringComparison.Ordinal))
            throw EngineException.Invalid($"invalid repository name (ex: \"registry.domain.tld/myrepos\"): {term}");
        (string domain, string words) = ImageNames.SplitDomain(term);
        IReadOnlyList<FoundRepository> found = await registries.SearchAsync(domain, SearchOf(context, words), RegistryAuth.Of(context), context.RequestAborted);
        await context.WriteJsonAsync([.. found.Select(item => new ImageSearchItem
        {
            Name = item.Name,
            Description = item.Description ?? "",
            StarCount = item.Stars,
            IsOfficial = item.IsOfficial,
            IsAutomated = item.IsAutomated,
        })], ImagesJson.Default.IReadOnlyListImageSearchItem);
    }

    private static ImageSearch SearchOf(HttpContext context, string words)
    {
        Filters filters = context.Filters();
        filters.Require("is-automated", "is-official", "stars");
        string? limit = context.Query("limit");
        int most = string.IsNullOrEmpty(limit) || limit == "0" ? ImageSearch.DefaultLimit
            : int.TryParse(limit, CultureInfo.InvariantCulture, out int wanted) && wanted is >= 1 and <= 100 ? wanted
            : throw EngineException.Invalid($"limit {limit} is outside the range of [1, 100]");
        return new ImageSearch
        {
            Term = words,
            Limit = most,
            IsOfficial = filters.GetBool("is-official"),
            IsAutomated = filters.GetBool("is-automated"),
            Stars = filters.Get("stars").Select(Stars).DefaultIfEmpty(0).Max(),
        };
    }

    private static int Stars(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int stars) ? stars : throw EngineException.Invalid($"invalid filter 'stars=[{text}]'");

    private async Task Login(HttpContext context)
    {
        AuthConfig config = await context.ReadJsonAsync(SystemJson.Default.AuthConfig);
        string? token = await registries.CheckAsync(RegistryAuth.DomainOf(config.ServerAddress), RegistryAuth.Of(config), context.RequestAborted);
        await context.WriteJsonAsync(new AuthResponse { Status = "Login Succeeded", IdentityToken = token }, SystemJson.Default.AuthResponse);
    }
}
