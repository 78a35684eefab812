using System.Text;
using System.Text.Json.Nodes;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Registry;

namespace Argosy.Cli.Tests.Registry;

public sealed class CredentialTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-credentials-").FullName;
    private readonly string? path = Environment.GetEnvironmentVariable("PATH");

    /// <summary>A helper that keeps each registry's credentials in a file, as the protocol says, and notes its verbs.</summary>
    public CredentialTests()
    {
        string helper = Path.Combine(directory, "docker-credential-test");
        File.WriteAllText(helper, $$"""
            #!/bin/sh
            echo "$1" >> {{directory}}/verbs
            case $1 in
            store) read -r text; server=$(echo "$text" | sed 's/.*"ServerURL":"\([^"]*\)".*/\1/'); echo "$text" > {{directory}}/kept.$(echo "$server" | tr /: __) ;;
            get) read -r server; file={{directory}}/kept.$(echo "$server" | tr /: __); [ -e "$file" ] && cat "$file" || { echo "credentials not found in native keychain"; exit 1; } ;;
            erase) read -r server; rm -f {{directory}}/kept.$(echo "$server" | tr /: __) ;;
            list) echo '{"listed.example.com":"me"}' ;;
            esac

            """);
        File.SetUnixFileMode(helper, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Environment.SetEnvironmentVariable("PATH", $"{directory}:{path}");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", path);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Without_a_helper_they_are_in_the_file_beside_what_others_keep_there()
    {
        CredentialStore store = Open("""{"detachKeys":"ctrl-x","auths":{"other.example.com":{"auth":"YTpi"}}}""");
        Assert.False(await store.StoreAsync("registry.example.com", new Credentials("ann", "se:cret"), CancellationToken.None));

        JsonNode file = JsonNode.Parse(File.ReadAllText(store.FileName))!;
        Assert.Equal("ctrl-x", (string?)file["detachKeys"]);
        Assert.Equal("YTpi", (string?)file["auths"]!["other.example.com"]!["auth"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(store.FileName));
        Assert.Equal(new Credentials("ann", "se:cret"), await Reopen().FindAsync("registry.example.com", CancellationToken.None));

        await Reopen().EraseAsync("registry.example.com", CancellationToken.None);
        Assert.Null(await Reopen().FindAsync("registry.example.com", CancellationToken.None));
    }

    [Fact]
    public async Task An_identity_token_is_kept_without_the_password()
    {
        CredentialStore store = Open("{}");
        await store.StoreAsync("registry.example.com", new Credentials("ann", "secret", "token"), CancellationToken.None);
        Assert.DoesNotContain(Convert.ToBase64String("ann:secret"u8), File.ReadAllText(store.FileName), StringComparison.Ordinal);
        Assert.Equal("token", (await Reopen().FindAsync("registry.example.com", CancellationToken.None))!.IdentityToken);
    }

    [Theory]
    [InlineData("""{"credsStore":"test"}""")]
    [InlineData("""{"credsStore":"missing","credHelpers":{"registry.example.com:5000":"test"}}""")]
    public async Task A_helper_stores_gets_and_erases(string config)
    {
        CredentialStore store = Open(config);
        Assert.True(await store.StoreAsync("registry.example.com:5000", new Credentials("ann", "secret"), CancellationToken.None));
        Assert.DoesNotContain("secret", File.ReadAllText(store.FileName), StringComparison.Ordinal);
        Assert.Equal(new Credentials("ann", "secret"), await Reopen().FindAsync("registry.example.com:5000", CancellationToken.None));
        await Reopen().EraseAsync("registry.example.com:5000", CancellationToken.None);
        Assert.Null(await Reopen().FindAsync("registry.example.com:5000", CancellationToken.None));
        Assert.Equal(["store", "get", "erase", "get"], File.ReadAllLines(Path.Combine(directory, "verbs")));
    }

    [Fact]
    public async Task A_helper_keeps_an_identity_token_under_the_users_name_of_tokens()
    {
        CredentialStore store = Open("""{"credsStore":"test"}""");
        await store.StoreAsync("registry.example.com", new Credentials("ann", "", "token"), CancellationToken.None);
        Assert.Contains("\"Username\":\"\\u003Ctoken\\u003E\"", File.ReadAllText(Path.Combine(directory, "kept.registry.example.com")), StringComparison.Ordinal);
        Assert.Equal(new Credentials("", "", "token"), await store.FindAsync("registry.example.com", CancellationToken.None));
    }

    [Fact]
    public async Task A_build_gets_the_credentials_of_the_file_and_of_the_helpers()
    {
        CredentialStore store = Open("""{"credHelpers":{"helped.example.com":"test"},"auths":{"plain.example.com":{"auth":"YTpi"}}}""");
        await store.StoreAsync("helped.example.com", new Credentials("ann", "secret"), CancellationToken.None);
        string header = (await Reopen().HeaderForBuildAsync(CancellationToken.None))!;
        JsonNode all = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(header.Replace('-', '+').Replace('_', '/'))))!;
        Assert.Equal(("a", "ann"), ((string?)all["plain.example.com"]!["username"], (string?)all["helped.example.com"]!["username"]));
    }

    [Fact]
    public async Task A_helper_that_is_not_installed_is_named()
    {
        CliException missing = await Assert.ThrowsAsync<CliException>(() => Open("""{"credsStore":"missing"}""").FindAsync("registry.example.com", CancellationToken.None));
        Assert.Contains("exec: \"docker-credential-missing\": executable file not found in $PATH", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_is_damaged_is_named()
    {
        CliException damaged = await Assert.ThrowsAsync<CliException>(() => Open("""{"auths":{"registry.example.com":{"auth":"%%"}}}""").FindAsync("registry.example.com", CancellationToken.None));
        Assert.Contains("registry.example.com is no base64", damaged.Message, StringComparison.Ordinal);
    }

    private CredentialStore Open(string config)
    {
        File.WriteAllText(Path.Combine(directory, "config.json"), config);
        return Reopen();
    }

    private CredentialStore Reopen() => new(ConfigFile.Load(directory));
}
