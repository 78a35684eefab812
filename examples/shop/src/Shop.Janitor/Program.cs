using Shop.Carts;
using Shop.Common.Data;
using Shop.Common.Hosting;
using Shop.Janitor;

return await ShopHost.RunAsync(
    "janitor",
    args,
    (services, settings) => services
        .AddDatabase(settings)
        .AddCarts(settings)
        .AddSingleton(new JanitorOptions(
            Pause: settings.Seconds("ROUND_SECONDS", 15),
            CartIdle: TimeSpan.FromMinutes(settings.Number("CART_MINUTES", 7 * 24 * 60)),
            SessionIdle: TimeSpan.FromMinutes(settings.Number("SESSION_MINUTES", 90 * 24 * 60))))
        .AddSingleton<ReservationSweep>()
        .AddHostedService<CleanUpLoop>(),
    _ => { });
