using Argosy.Catalog.Resolver;
using Argosy.Core;
using Argosy.Networks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog;

/// <summary>Composition of this project.</summary>
public static class CatalogServices
{
    /// <summary>Registers the containers' name servers. Needs Networks. The executable must run <see cref="ResolverProgram"/> for its verb <c>resolver</c>.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services.AddCatalog(ResolverProgram.Version);

    internal static IServiceCollection AddCatalog(this IServiceCollection services, string version)
    {
        services.TryAddSingleton<IResolverStarter, ResolverSpawner>();
        services.AddSingleton(provider => new ResolverClient(
            provider.GetRequiredService<DaemonPaths>(), version, provider.GetRequiredService<IResolverStarter>(), provider.GetRequiredService<SandboxDirectory>(),
            provider.GetRequiredService<NetworksOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ResolverClient>>()));
        services.AddSingleton<ISandboxService>(provider => provider.GetRequiredService<ResolverClient>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ResolverClient>());
        return services;
    }
}
