namespace Argosy.Shop.Tests.Running;

/// <summary>The shop that runs on an Argosy daemon; whoever starts the tests has brought both up and says where they are.</summary>
public sealed class ShopUnderTest : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>The argosy binary.</summary>
    public string Argosy { get; } = Required("ARGOSY_BIN");

    /// <summary>The daemon's socket, as unix://….</summary>
    public string Host { get; } = Required("ARGOSY_HOST");

    /// <summary>The storefront.</summary>
    public Uri Url { get; } = new(Required("SHOP_URL"));

    /// <summary>Requests as anybody would send them.</summary>
    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Runs argosy in the shop's folder.</summary>
    public Task<CommandResult> RunAsync(params string[] arguments) =>
        Command.RunAsync(Argosy, arguments, Patience, Repository.Shop, "", Environment());

    /// <summary>Runs one of the shop's scripts.</summary>
    public Task<CommandResult> RunScriptAsync(string script) =>
        Command.RunAsync(Path.Combine(Repository.Shop, script), [], Patience, Repository.Shop, "", Environment());

    /// <summary>Asks the shop's database, inside its container.</summary>
    public async Task<string> SqlAsync(string sql) =>
        (await RunAsync("exec", "shop-db-1", "psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-d", "shop", "-c", sql)).Succeeded();

    /// <summary>The ids of the containers that run, in order.</summary>
    public async Task<string[]> RunningAsync() =>
        [.. (await RunAsync("ps", "-q", "--no-trunc")).Succeeded().Split('\n').Order()];

    /// <summary>Waits until the storefront shows its catalogue.</summary>
    public Task WaitUntilOpenAsync() => Eventually.TrueAsync("the storefront answers", TimeSpan.FromMinutes(2), async () =>
    {
        using var answer = await Http.GetAsync(Url);
        return answer.IsSuccessStatusCode;
    });

    /// <summary>The environment that argosy and the scripts need.</summary>
    public (string Name, string Value)[] Environment() =>
        [("ARGOSY", Argosy), ("ARGOSY_HOST", Host), ("SHOP_PORT", $"{Url.Port}")];

    /// <inheritdoc/>
    public void Dispose() => Http.Dispose();

    private static string Required(string name) =>
        System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set: these tests need a running shop (ARGOSY_BIN, ARGOSY_HOST, SHOP_URL)");
}
