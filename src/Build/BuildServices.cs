using Argosy.Build.Cache;
using Argosy.Build.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.Build;

/// <summary>Registers this project.</summary>
public static class BuildServices
{
    /// <summary>Needs StateStore, DaemonPaths, TimeProvider and an <see cref="IStepRunner"/> (the engine's).</summary>
    public static IServiceCollection AddBuild(this IServiceCollection services, BuildCachePolicy policy) => services
        .AddSingleton(policy)
        .AddSingleton<BuildCache>()
        .AddSingleton<CacheMounts>()
        .AddSingleton(provider => new ImageBuilder(
            provider.GetRequiredService<IStepRunner>(), provider.GetRequiredService<BuildCache>(), provider.GetRequiredService<CacheMounts>(), new HttpClient(), provider.GetRequiredService<TimeProvider>()));
}
