using Argosy.Api.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.Api.Routes.Images;

/// <summary>Registers the image endpoints.</summary>
internal static class ImageRouteServices
{
    internal static IServiceCollection AddImageRoutes(this IServiceCollection services) => services
        .Configure<RouteOptions>(options => options.SetParameterPolicy<VerbConstraint>("verb"))
        .AddSingleton<ImagePresenter>()
        .AddSingleton<ImageFilters>()
        .AddSingleton<IRouteGroup, ImageRoutes>()
        .AddSingleton<IRouteGroup, ImageTransferRoutes>()
        .AddSingleton<IRouteGroup, RegistryRoutes>()
        .AddSingleton<IRouteGroup, CommitRoutes>();
}
