using Argosy.Api.Http;
using Argosy.Api.Routes.Build;
using Argosy.Api.Routes.Containers;
using Argosy.Api.Routes.Daemon;
using Argosy.Api.Routes.Exec;
using Argosy.Api.Routes.Images;
using Argosy.Api.Routes.Logs;
using Argosy.Api.Routes.Networks;
using Argosy.Api.Routes.Stacks;
using Argosy.Api.Routes.Volumes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.Api;

/// <summary>The HTTP surface: which resources there are, and what every request passes through.</summary>
public static class ApiServices
{
    /// <summary>Registers the route groups, a line per resource.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<HostFacts>().AddSingleton<SystemPresenter>();
        services.AddSingleton<NetworkPresenter>().AddSingleton<ContainerPresenter>().AddSingleton<ContainerQuery>().AddSingleton<ContainerPruner>();
        services.AddSingleton<IRouteGroup, PingRoutes>();
        services.AddSingleton<IRouteGroup, SystemRoutes>();
        services.AddSingleton<IRouteGroup, EventRoutes>();
        services.AddSingleton<IRouteGroup, DiskUsageRoutes>();
        services.AddSingleton<IRouteGroup, StoreCheckRoutes>();
        services.AddSingleton<IRouteGroup, ContainerRoutes>();
        services.AddSingleton<IRouteGroup, ContainerStreamRoutes>();
        services.AddSingleton<IRouteGroup, ContainerLogRoutes>();
        services.AddSingleton<IRouteGroup, ContainerFileRoutes>();
        services.AddSingleton<IRouteGroup, ContainerFigureRoutes>();
        services.AddSingleton<IRouteGroup, ContainerPortRoutes>();
        services.AddSingleton<IRouteGroup, ExecRoutes>();
        services.AddSingleton<IRouteGroup, NetworkRoutes>();
        services.AddImageRoutes();
        services.AddSingleton<IRouteGroup, StackRoutes>();
        services.AddSingleton<IRouteGroup, VolumeRoutes>();
        services.AddSingleton<IRouteGroup, VolumeContentRoutes>();
        services.AddSingleton<IRouteGroup, BuildRoutes>();
        services.AddSingleton<IRouteGroup, BuildSessionRoutes>();
        return services;
    }

    /// <summary>Builds the pipeline: version prefix, errors, routes.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseMiddleware<ErrorMiddleware>();
        app.UseMiddleware<ApiVersionMiddleware>();
        app.UseWebSockets();
        app.UseRouting();
        foreach (IRouteGroup group in app.Services.GetServices<IRouteGroup>())
            group.Map(app);
        app.MapFallback(context =>
        {
            context.Response.StatusCode = 404;
            return context.WriteJsonAsync(new ErrorBody("page not found"), ErrorJson.Default.ErrorBody);
        });
    }
}
