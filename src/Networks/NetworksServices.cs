using Argosy.Core;
using Argosy.Networks.Companions;
using Argosy.Networks.Relay;
using Argosy.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>Composition of this project.</summary>
public static class NetworksServices
{
    /// <summary>Registers <see cref="NetworkManager"/> and <see cref="SandboxDirectory"/>. Needs <see cref="DaemonPaths"/>, <see cref="StateStore"/> and logging; the executable must run <see cref="RelayProgram"/> for its verb.</summary>
    public static IServiceCollection AddNetworks(this IServiceCollection services, NetworksOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options ?? new NetworksOptions());
        services.AddSingleton(provider => new KernelNames(provider.GetRequiredService<DaemonPaths>().InstanceName, provider.GetRequiredService<NetworksOptions>().DefaultBridge));
        services.AddSingleton<SandboxDirectory>();
        services.AddSingleton(_ => new HostResolvConf());
        services.AddSingleton<ResolvConf>();
        services.AddSingleton<RelaySockets>();
        services.AddSingleton<PortRegistry>();
        services.AddSingleton<Firewall>();
        services.AddSingleton<BridgeDriver>();
        services.AddSingleton<NamespacePool>();
        services.AddSingleton<LinkSweeper>();
        services.AddSingleton(Create);
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NamespacePool>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LinkSweeper>());
        services.AddSingleton<IHostedService, NetworksLifetime>();
        return services.AddRelay();
    }

    private static IServiceCollection AddRelay(this IServiceCollection services)
    {
        services.TryAddKeyedSingleton<ICompanionStarter>(RelayProgram.Verb, (provider, _) => new CompanionSpawner(RelayProgram.Protocol.Kind, provider.GetRequiredService<DaemonPaths>()));
        services.AddSingleton(provider => new RelayClient(
            provider.GetRequiredService<DaemonPaths>(), CompanionKind.Version, provider.GetRequiredKeyedService<ICompanionStarter>(RelayProgram.Verb),
            provider.GetRequiredService<RelaySockets>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<RelayClient>>()));
        services.AddSingleton<ISandboxService>(provider => provider.GetRequiredService<RelayClient>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RelayClient>());
        return services;
    }

    private static NetworkManager Create(IServiceProvider provider) => new(
        provider.GetRequiredService<DaemonPaths>(), provider.GetRequiredService<NetworksOptions>(), provider.GetRequiredService<StateStore>(),
        provider.GetRequiredService<KernelNames>(), provider.GetRequiredService<NamespacePool>(), provider.GetRequiredService<LinkSweeper>(), provider.GetRequiredService<BridgeDriver>(),
        provider.GetRequiredService<Firewall>(), provider.GetRequiredService<PortRegistry>(), provider.GetRequiredService<SandboxDirectory>(),
        provider.GetServices<ISandboxService>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<NetworkManager>>());
}
