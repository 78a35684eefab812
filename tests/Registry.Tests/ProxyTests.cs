namespace Argosy.Registry.Tests;

public sealed class ProxyTests
{
    [Theory]
    [InlineData("https://registry.example.com/v2/", "", "http://proxy:3128/")]
    [InlineData("http://registry.example.com/v2/", "", null)]
    [InlineData("https://127.0.0.1:5000/v2/", "", null)]
    [InlineData("https://localhost:5000/v2/", "", null)]
    [InlineData("https://registry.example.com/v2/", "example.com", null)]
    [InlineData("https://example.com/v2/", "example.com", null)]
    [InlineData("https://notexample.com/v2/", "example.com", "http://proxy:3128/")]
    [InlineData("https://registry.example.com/v2/", ".example.com", null)]
    [InlineData("https://registry.example.com/v2/", "*.example.com", null)]
    [InlineData("https://example.com/v2/", ".example.com", "http://proxy:3128/")]
    [InlineData("https://registry.example.com:5000/v2/", "other, registry.example.com:5000", null)]
    [InlineData("https://registry.example.com:5001/v2/", "registry.example.com:5000", "http://proxy:3128/")]
    [InlineData("https://10.1.2.3:5000/v2/", "10.1.0.0/16", null)]
    [InlineData("https://10.2.2.3:5000/v2/", "10.1.0.0/16", "http://proxy:3128/")]
    [InlineData("https://registry.example.com/v2/", "*", null)]
    public void An_address_is_reached_through_the_proxy_or_directly(string address, string except, string? expected)
    {
        var rules = new ProxyRules(new ProxyOptions(null, "proxy:3128", except));
        Assert.Equal(expected, rules.GetProxy(new Uri(address))?.ToString());
        Assert.Equal(expected is null, rules.IsBypassed(new Uri(address)));
    }

    [Fact]
    public void A_proxys_password_is_sent_and_not_shown()
    {
        var rules = new ProxyRules(new ProxyOptions(null, "http://me:se%20cret@proxy:3128", null));
        Uri proxy = rules.GetProxy(new Uri("https://registry.example.com/"))!;
        Assert.Equal(("me", "se cret"), (rules.Credentials!.GetCredential(proxy, "Basic")!.UserName, rules.Credentials.GetCredential(proxy, "Basic")!.Password));
        Assert.Equal("http://xxxxx:xxxxx@proxy:3128", ProxyOptions.Masked("http://me:se%20cret@proxy:3128"));
    }

    [Fact]
    public void Variables_may_be_in_lower_case()
    {
        var variables = new Dictionary<string, string?> { ["https_proxy"] = "http://low", ["HTTP_PROXY"] = "http://up", ["http_proxy"] = "http://low" };
        Assert.Equal(new ProxyOptions("http://up", "http://low", null), ProxyOptions.FromEnvironment(name => variables.GetValueOrDefault(name)));
    }

    [Fact]
    public async Task Requests_go_to_the_proxy()
    {
        await using ScriptedRegistry proxy = await ScriptedRegistry.StartAsync();
        proxy.Manifests["latest"] = ("application/vnd.oci.image.manifest.v1+json", "{}"u8.ToArray());
        var options = new RegistryOptions { Proxy = new ProxyOptions(proxy.Address.ToString(), null, null), InsecureRegistries = ["registry.invalid"] };
        using var client = new RegistryClient(options, TimeProvider.System);
        using RegistrySession session = await client.OpenAsync(Core.ImageReference.Parse("registry.invalid/a/b"), RegistryCredentials.Anonymous, RegistryAccess.Pull, CancellationToken.None);
        RegistryManifest manifest = await session.GetManifestAsync("latest", CancellationToken.None);
        Assert.Equal("{}"u8.ToArray(), manifest.Content);
    }
}
