using System.Diagnostics;

namespace Argosy.Shop.Tests.Running;

[Trait("Needs", "Root")]
[Collection(RunningShopCollection.Name)]
public sealed class DaemonDeathTests(ShopUnderTest shop)
{
    private static readonly string[] Paths = ["/", "/products/storm-lantern", "/search?q=wool", "/category/deck", "/assets/shop.css"];

    [Fact]
    public async Task Customers_do_not_notice_that_the_daemon_is_killed_and_it_knows_its_containers_again()
    {
        // The test before this one may have brought the shop up a moment ago, and a customer's first failure ends the test.
        await Eventually.TrueAsync("the storefront answers", TimeSpan.FromSeconds(60), StorefrontAnswersAsync);
        string[] before = await shop.RunningAsync();
        var daemon = DaemonProcess.Find(shop.Host);
        using var stop = new CancellationTokenSource();
        var customers = Enumerable.Range(0, 3).Select(_ => BrowseAsync(stop.Token)).ToArray();

        await daemon.KillAsync();
        try
        {
            await OrderWhileNobodyIsInChargeAsync();
        }
        finally
        {
            await daemon.StartAgainAsync();
        }
        await Eventually.TrueAsync("the daemon answers", TimeSpan.FromSeconds(60), async () => (await shop.RunAsync("version")).ExitCode == 0);

        Assert.Equal(before, await shop.RunningAsync());
        Assert.Equal("still here", (await shop.RunAsync("exec", "shop-orders-1", "echo", "still here")).Succeeded());
        await LogsAreFollowedAsync();
        await stop.CancelAsync();
        int requests = (await Task.WhenAll(customers)).Sum();
        Assert.True(requests > 100, $"only {requests} requests were made");
    }

    private async Task<bool> StorefrontAnswersAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        try
        {
            using var answer = await http.GetAsync(shop.Url, CancellationToken.None);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // Every request has a connection of its own, so that the published port is tried each time. The first failure ends the test.
    private async Task<int> BrowseAsync(CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(10) };
        int requests = 0;
        while (!stop.IsCancellationRequested)
        {
            using var answer = await http.GetAsync(new Uri(shop.Url, Paths[requests % Paths.Length]), CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            requests++;
        }
        return requests;
    }

    private async Task OrderWhileNobodyIsInChargeAsync()
    {
        using var shopper = new Shopper(shop.Url);
        string number = await shopper.OrderAsync("sea-salt", 4);
        await Eventually.TrueAsync("the order is shipped without a daemon", TimeSpan.FromSeconds(60), async () =>
            (await shopper.ReadOrderAsync(number)).Contains("data-status=\"shipped\"", StringComparison.Ordinal));
    }

    // The first line is one from before, so that the reader is there when the second is written.
    private async Task LogsAreFollowedAsync()
    {
        using var shopper = new Shopper(shop.Url);
        string earlier = await shopper.OrderAsync("sea-salt", 4);
        using var logs = Command.Start(shop.Argosy, ["logs", "-f", "--tail", "50", "shop-orders-1"], Repository.Shop, shop.Environment());
        try
        {
            await WaitForLineAsync(logs, earlier);
            await WaitForLineAsync(logs, await shopper.OrderAsync("sea-salt", 4));
        }
        finally
        {
            logs.Kill();
        }
    }

    private static async Task WaitForLineAsync(Process logs, string word)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await logs.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.Contains(word, StringComparison.Ordinal))
                return;
        }
        Assert.Fail($"the log ended before {word} was in it: {await logs.StandardError.ReadToEndAsync(timeout.Token)}");
    }
}
