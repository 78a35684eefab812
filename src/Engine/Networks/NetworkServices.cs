using Microsoft.Extensions.DependencyInjection;

namespace Argosy.Engine.Networks;

/// <summary>Composition of the networks' use cases. Needs <see cref="IContainerDirectory"/>, the event bus and Networks.</summary>
public static class NetworkServices
{
    /// <summary>Registers <see cref="NetworkService"/> and <see cref="NetworkEvents"/>.</summary>
    public static IServiceCollection AddEngineNetworks(this IServiceCollection services) =>
        services.AddSingleton<NetworkEvents>().AddSingleton<NetworkService>();
}
