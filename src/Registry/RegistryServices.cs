using Microsoft.Extensions.DependencyInjection;

namespace Argosy.Registry;

/// <summary>The registry client.</summary>
public static class RegistryServices
{
    /// <summary>Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddRegistry(this IServiceCollection services, RegistryOptions options) =>
        services.AddSingleton(options).AddSingleton<RegistryClient>();
}
