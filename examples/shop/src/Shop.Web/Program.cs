using Microsoft.Extensions.FileProviders;
using Shop.Carts;
using Shop.Common.Hosting;
using Shop.Web.Backends;
using Shop.Web.Routes;

return await ShopHost.RunAsync(
    "web",
    args,
    (services, settings) => services.AddCarts(settings).AddBackends(settings),
    app =>
    {
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "assets")),
            RequestPath = "/assets",
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "public, max-age=600",
        });
        app.MapCatalogue();
        app.MapCart();
        app.MapOrdersAndStatus();
    });
