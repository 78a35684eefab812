using Shop.Common.Data;
using Shop.Common.Hosting;
using Shop.Fulfilment;

return await ShopHost.RunAsync(
    "fulfilment",
    args,
    (services, settings) => services
        .AddDatabase(settings)
        .AddSingleton(new WorkerOptions(
            Environment.MachineName,
            PackAfter: settings.Milliseconds("PACK_MS", 1500),
            ShipAfter: settings.Milliseconds("SHIP_MS", 2500),
            Pause: settings.Milliseconds("POLL_MS", 250)))
        .AddSingleton<FulfilmentQueue>()
        .AddHostedService<Worker>(),
    _ => { });
