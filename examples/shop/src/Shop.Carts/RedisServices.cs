using Microsoft.Extensions.DependencyInjection;
using Shop.Common.Hosting;
using StackExchange.Redis;

namespace Shop.Carts;

/// <summary>Carts and sessions for a service that needs them.</summary>
public static class RedisServices
{
    /// <summary>Registers <see cref="CartStore"/> and <see cref="SessionStore"/> on the Redis at CACHE_HOST and CACHE_PORT.</summary>
    /// <remarks>The service starts and lives without Redis; a call then throws <see cref="CacheAwayException"/>.</remarks>
    public static IServiceCollection AddCarts(this IServiceCollection services, Settings settings)
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { { settings.Text("CACHE_HOST", "cache"), settings.Number("CACHE_PORT", 6379) } },
            AbortOnConnectFail = false,
            ConnectTimeout = 2000,
            SyncTimeout = 2000,
            AsyncTimeout = 2000,
            BacklogPolicy = BacklogPolicy.FailFast,
            ReconnectRetryPolicy = new LinearRetry(500),
            // The configuration channel is for clusters of Redis; we have one.
            ConfigurationChannel = "",
        };
        services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect(options));
        services.AddSingleton(provider => provider.GetRequiredService<IConnectionMultiplexer>().GetDatabase());
        services.AddSingleton<CartStore>();
        services.AddSingleton<SessionStore>();
        return services;
    }
}
