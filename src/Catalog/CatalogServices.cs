using Argosy.Catalog.Resolver;
using Argosy.Core;
using Argosy.Networks;
using Argosy.Networks.Companions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog;

/// <summary>Composition of this project.</summary>
public static class CatalogServices
{
    /// <summary>Registers the containers' name servers. Needs Networks. The executable must run <see cref="ResolverProgram"/> for its verb <c>resolver</c>.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services.AddCatalog(CompanionKind.Version);

    internal static IServiceCollection AddCatalog(this IServiceCollection services, string version)
    {
        services.TryAddKeyedSingleton<ICompanionStarter>(ResolverProgram.Verb, (provider, _) => new CompanionSpawner(ResolverProgram.Protocol.Kind, provider.GetRequiredService<DaemonPaths>()));
        services.AddSingleton(provider => new ResolverClient(
            provider.GetRequiredService<DaemonPaths>(), version, provider.GetRequiredKeyedService<ICompanionStarter>(ResolverProgram.Verb), provider.GetRequiredService<SandboxDirectory>(),
            provider.GetRequiredService<NetworksOptions>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ResolverClient>>()));
        services.AddSingleton<ISandboxService>(provider => provider.GetRequiredService<ResolverClient>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ResolverClient>());
        return services;
    }
}
