using Shop.Common.Data;
using Shop.Common.Hosting;
using Shop.Orders;

return await ShopHost.RunAsync(
    "orders",
    args,
    (services, settings) => services
        .AddDatabase(settings)
        .AddSingleton<OrderBook>()
        .AddSingleton<OrderReader>()
        .AddSingleton(provider => new Reservations(
            provider.GetRequiredService<Npgsql.NpgsqlDataSource>(), TimeSpan.FromMinutes(settings.Number("RESERVATION_MINUTES", 15)))),
    app => app.MapOrders());
