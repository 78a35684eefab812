using Shop.Catalog;
using Shop.Common.Data;
using Shop.Common.Hosting;

return await ShopHost.RunAsync(
    "catalog",
    args,
    (services, settings) => services.AddDatabase(settings).AddSingleton<ProductStore>(),
    app => app.MapCatalog());
