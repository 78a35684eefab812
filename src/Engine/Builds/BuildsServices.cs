using Argosy.Build;
using Argosy.Engine.Builds.Caching;
using Argosy.Images.Content;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Argosy.Engine.Builds;

/// <summary>Registers the builds; called by AddEngine.</summary>
internal static class BuildsServices
{
    internal static IServiceCollection AddBuilds(this IServiceCollection services) => services
        .AddSingleton<IStepRunner, StepRunner>()
        .AddSingleton<IGarbageRoots, BuildCacheRoots>()
        .AddSingleton<CacheImporter>()
        .AddSingleton<CacheExporter>()
        .AddSingleton<BuildCacheSweeper>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<BuildCacheSweeper>())
        .AddSingleton<BuildService>()
        .AddSingleton<BuildSessions>()
        .AddSingleton(_ => new RemoteContexts(new HttpClient()))
        .AddSingleton<BuildRecovery>();
}
