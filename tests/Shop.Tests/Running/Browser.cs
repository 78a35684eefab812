using Microsoft.Playwright;

namespace Argosy.Shop.Tests.Running;

/// <summary>Debian's Chromium without a window, driven by Playwright; photographs pages when SHOP_SCREENSHOTS names a folder.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string? Album = Environment.GetEnvironmentVariable("SHOP_SCREENSHOTS");
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>A desktop's window.</summary>
    public static BrowserNewContextOptions Desktop => new() { ViewportSize = new ViewportSize { Width = 1280, Height = 900 }, JavaScriptEnabled = false };

    /// <summary>A telephone.</summary>
    public static BrowserNewContextOptions Phone => new()
    {
        ViewportSize = new ViewportSize { Width = 390, Height = 844 },
        IsMobile = true,
        HasTouch = true,
        JavaScriptEnabled = false,
    };

    /// <summary>A fresh profile, without JavaScript: the shop must do without.</summary>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) => browser!.NewContextAsync(options);

    /// <summary>Takes a picture, if pictures are wanted.</summary>
    public static async Task PhotographAsync(IPage page, string name)
    {
        if (Album is { Length: > 0 })
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Album, $"{name}.png") });
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
