using Argosy.Catalog.Dns;
using Argosy.Networks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Argosy.Catalog;

/// <summary>Composition of this project.</summary>
public static class CatalogServices
{
    /// <summary>Registers the containers' name servers. Needs Networks.</summary>
    public static IServiceCollection AddCatalog(this IServiceCollection services)
    {
        services.AddSingleton<LocalNames>();
        services.TryAddSingleton(provider => UpstreamServers.Configured(provider.GetRequiredService<NetworksOptions>(), provider.GetRequiredService<HostResolvConf>()));
        services.AddSingleton<DnsForwarder>();
        services.AddSingleton<DnsServer>();
        services.AddSingleton<ISandboxService>(provider => provider.GetRequiredService<DnsServer>());
        return services;
    }
}
