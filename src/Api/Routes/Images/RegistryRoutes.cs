using Argosy.Api.Http;
using Argosy.Contract;
using Argosy.Contract.Images;
using Argosy.Contract.System;
using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Manifests;
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
        routes.MapPost("/auth", Login);
    }

    private async Task Push(HttpContext context, string name)
    {
        if (context.Query("platform") is { Length: > 0 })
            throw EngineException.NotImplemented("pushing a single platform is not implemented: an image here has one");
        string? tag = context.Query("tag");
        var request = new PushRequest
        {
            Name = ImageNames.Parse(name, tag),
            AllTags = string.IsNullOrEmpty(tag) && ImageNames.IsBare(name),
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

    private async Task Login(HttpContext context)
    {
        AuthConfig config = await context.ReadJsonAsync(SystemJson.Default.AuthConfig);
        await registries.CheckAsync(RegistryAuth.DomainOf(config.ServerAddress), RegistryAuth.Of(config), context.RequestAborted);
        await context.WriteJsonAsync(new AuthResponse { Status = "Login Succeeded" }, SystemJson.Default.AuthResponse);
    }
}
