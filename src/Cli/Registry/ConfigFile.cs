using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Argosy.Cli.CommandLine;
using Argosy.Core;

namespace Argosy.Cli.Registry;

/// <summary>The client's <c>config.json</c>, shared with Docker's clients: what is not ours in it is kept as it is.</summary>
internal sealed class ConfigFile
{
    private readonly string path;
    private readonly JsonObject root;

    private ConfigFile(string path, JsonObject root) => (this.path, this.root) = (path, root);

    /// <summary>The file's path, for messages.</summary>
    public string FileName => path;

    /// <summary>The helper that keeps all credentials, null for none.</summary>
    public string? CredentialsStore => Text(root, "credsStore");

    /// <summary>The keys that leave a container alone, null for the default.</summary>
    public string? DetachKeys => Text(root, "detachKeys");

    /// <exception cref="CliException">The file is no JSON object.</exception>
    public static ConfigFile Load(string directory)
    {
        string path = Path.Combine(directory, "config.json");
        if (!File.Exists(path))
            return new ConfigFile(path, []);
        try
        {
            byte[] content = File.ReadAllBytes(path);
            return new ConfigFile(path, content.Length == 0 ? [] : JsonNode.Parse(content)?.AsObject() ?? []);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new CliException($"{path} is no JSON object: {failure.Message}");
        }
    }

    /// <summary>The helper that keeps one registry's credentials, null for none.</summary>
    public string? CredentialHelper(string server) => root["credHelpers"] is JsonObject helpers ? Text(helpers, server) : null;

    /// <summary>The registries that have a helper of their own.</summary>
    public IEnumerable<string> HelpedServers => root["credHelpers"] is JsonObject helpers ? helpers.Select(entry => entry.Key) : [];

    /// <summary>The registries that the file itself has an entry for.</summary>
    public IEnumerable<string> Servers => root["auths"] is JsonObject auths ? auths.Select(entry => entry.Key) : [];

    /// <summary>The credentials that the file itself has.</summary>
    public Credentials? Find(string server)
    {
        if (root["auths"] is not JsonObject auths || auths.FirstOrDefault(entry => RegistryNames.IsSame(entry.Key, server)).Value is not JsonObject entry)
            return null;
        string? token = Text(entry, "identitytoken");
        string pair = Decode(server, Text(entry, "auth"));
        int colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return token is null ? null : new Credentials("", "", token);
        return new Credentials(pair[..colon], pair[(colon + 1)..], token);
    }

    /// <summary>Keeps credentials in the file; an empty entry marks a registry whose credentials a helper has.</summary>
    public void Put(string server, Credentials? credentials)
    {
        if (root["auths"] is not JsonObject auths)
            root["auths"] = auths = [];
        var entry = new JsonObject();
        if (credentials is not null && credentials.Username.Length > 0)
            entry["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Username}:{(credentials.IdentityToken is null ? credentials.Password : "")}"));
        if (credentials?.IdentityToken is { } token)
            entry["identitytoken"] = token;
        auths[server] = entry;
        Save();
    }

    public void Remove(string server)
    {
        if (root["auths"] is not JsonObject auths)
            return;
        string[] keys = [.. auths.Select(entry => entry.Key).Where(key => RegistryNames.IsSame(key, server))];
        foreach (string key in keys)
            auths.Remove(key);
        if (keys.Length > 0)
            Save();
    }

    /// <exception cref="CliException">It is no base64: rather said than sent as something else.</exception>
    private string Decode(string server, string? encoded)
    {
        try
        {
            return encoded is null ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).TrimEnd('\0');
        }
        catch (FormatException)
        {
            throw new CliException($"{path}: the entry \"auth\" of {server} is no base64");
        }
    }

    private void Save()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, IndentCharacter = '\t', IndentSize = 1 }))
            root.WriteTo(writer);
        AtomicFile.Write(path, buffer.ToArray(), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static string? Text(JsonObject node, string key) => node[key] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
