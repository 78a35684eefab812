using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Common.Hosting;

/// <summary>What every service of the shop does in the same way: settings, logs, health, shutdown.</summary>
public static class ShopHost
{
    private const int DefaultPort = 8080;

    /// <summary>Runs a service until SIGTERM, or probes the one that runs when the arguments are <c>--health</c>.</summary>
    /// <param name="service">The service's name, as it stands in its log lines.</param>
    /// <param name="args">The process's arguments.</param>
    /// <param name="addServices">Registers what the service is made of.</param>
    /// <param name="map">Maps its routes.</param>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(
        string service,
        string[] args,
        Action<IServiceCollection, Settings> addServices,
        Action<WebApplication> map)
    {
        var settings = Settings.FromEnvironment();
        int port = settings.Number("PORT", DefaultPort);
        if (args is ["--health"])
            return await HealthProbe.RunAsync(port);

        await using var app = Build(service, settings, port, addServices);
        app.MapHealthChecks("/healthz", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync });
        map(app);
        await app.RunAsync();
        return 0;
    }

    private static WebApplication Build(string service, Settings settings, int port, Action<IServiceCollection, Settings> addServices)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = service,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenAnyIP(port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        });
        AddLogging(builder.Logging, service);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.Seconds("SHUTDOWN_SECONDS", 8));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddHealthChecks();
        addServices(builder.Services, settings);
        return builder.Build();
    }

    private static void AddLogging(ILoggingBuilder logging, string service)
    {
        logging.ClearProviders();
        logging.AddConsole(console => console.FormatterName = LogfmtFormatter.FormatterName);
        logging.AddConsoleFormatter<LogfmtFormatter, LogfmtOptions>(options => options.Service = service);
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        logging.AddFilter("System.Net.Http", LogLevel.Warning);
        logging.AddFilter("Npgsql", LogLevel.Critical);
    }
}
