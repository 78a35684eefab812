using Shop.Common.Hosting;

namespace Shop.Web.Backends;

/// <summary>The services behind the storefront.</summary>
internal static class BackendServices
{
    internal static IServiceCollection AddBackends(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(provider => new CatalogClient(Create(provider, "catalog", settings.Text("CATALOG_URL", "http://catalog:8080"))));
        services.AddSingleton(provider => new OrdersClient(Create(provider, "orders", settings.Text("ORDERS_URL", "http://orders:8080"))));
        services.AddSingleton(provider => new MonitorClient(Create(provider, "monitor", settings.Text("MONITOR_URL", "http://monitor:8080"))));
        return services;
    }

    private static Backend Create(IServiceProvider provider, string name, string address)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(2),
            // A service that comes back may have another address.
            PooledConnectionLifetime = TimeSpan.FromSeconds(30),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        var client = new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(6) };
        return new Backend(name, client, provider.GetRequiredService<TimeProvider>());
    }
}
