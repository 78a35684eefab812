using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Images;
using Argosy.Cli.Session;
using Argosy.Contract.System;

namespace Argosy.Cli.Registry;

/// <summary>Where a registry's credentials are: with its helper, with the store for all, or in config.json itself.</summary>
internal sealed class CredentialStore(ConfigFile config)
{
    public static CredentialStore Open(GlobalOptions options) => new(ConfigFile.Load(EngineSelection.ConfigDirectory(options)));

    /// <summary>The content of <c>X-Registry-Auth</c> for an image's registry; null when there are no credentials.</summary>
    public async Task<string?> HeaderForImageAsync(string image, CancellationToken cancellationToken)
    {
        string server = RegistryNames.Key(ImageNames.Registry(image));
        return await FindAsync(server, cancellationToken) is { } credentials ? Encode(ToWire(server, credentials)) : null;
    }

    /// <summary>The content of <c>X-Registry-Config</c>: the credentials of every registry that is known here.</summary>
    public async Task<string?> HeaderForBuildAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, AuthConfig>(StringComparer.Ordinal);
        IReadOnlyList<string> kept = config.CredentialsStore is { } store ? await new CredentialHelper(store).ListAsync(cancellationToken) : [];
        foreach (string server in kept.Concat(config.HelpedServers).Concat(config.Servers).Distinct())
        {
            if (await FindAsync(server, cancellationToken) is { } credentials)
                all[server] = ToWire(server, credentials);
        }
        return all.Count == 0 ? null : Base64Url(JsonSerializer.SerializeToUtf8Bytes(all, SystemJson.Default.IReadOnlyDictionaryStringAuthConfig));
    }

    public async Task<Credentials?> FindAsync(string server, CancellationToken cancellationToken) => Helper(server) is { } helper
        ? await helper.GetAsync(server, cancellationToken)
        : config.Find(server);

    /// <returns>True when they went to a helper, false when they stand unencrypted in the file.</returns>
    public async Task<bool> StoreAsync(string server, Credentials credentials, CancellationToken cancellationToken)
    {
        if (Helper(server) is not { } helper)
        {
            config.Put(server, credentials);
            return false;
        }
        await helper.StoreAsync(server, credentials, cancellationToken);
        config.Put(server, null);
        return true;
    }

    public async Task EraseAsync(string server, CancellationToken cancellationToken)
    {
        if (Helper(server) is { } helper)
            await helper.EraseAsync(server, cancellationToken);
        config.Remove(server);
    }

    public string FileName => config.FileName;

    public static AuthConfig ToWire(string server, Credentials credentials) => new()
    {
        Username = credentials.Username,
        Password = credentials.Password,
        IdentityToken = credentials.IdentityToken,
        ServerAddress = server,
    };

    private CredentialHelper? Helper(string server) => (config.CredentialHelper(server) ?? config.CredentialsStore) is { } name ? new CredentialHelper(name) : null;

    private static string Encode(AuthConfig auth) => Base64Url(JsonSerializer.SerializeToUtf8Bytes(auth, SystemJson.Default.AuthConfig));

    /// <summary>URL-safe base64 with padding, as Go's base64.URLEncoding writes it.</summary>
    private static string Base64Url(byte[] content) => Convert.ToBase64String(content).Replace('+', '-').Replace('/', '_');
}
