using Shop.Common.Data;
using Shop.Common.Hosting;
using Shop.Monitor;

return await ShopHost.RunAsync(
    "monitor",
    args,
    (services, settings) =>
    {
        // A monitor that could not reach the database would be sick itself; so it asks with its own connection and has no such health check.
        services.AddSingleton(new MonitorOptions(
            Target.ParseAll(settings.Required("TARGETS")), settings.Seconds("ROUND_SECONDS", 3), settings.Seconds("TIMEOUT_SECONDS", 2)));
        services.AddSingleton(_ => DatabaseServices.Connect(settings));
        services.AddSingleton<HttpProbe>().AddSingleton<DatabaseProbe>();
        services.AddSingleton<Board>();
        services.AddHostedService<Watch>();
    },
    app => app.MapStatus());
