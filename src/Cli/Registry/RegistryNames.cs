namespace Argosy.Cli.Registry;

/// <summary>How registries are named in config.json.</summary>
internal static class RegistryNames
{
    /// <summary>Docker Hub's historical name.</summary>
    public const string Hub = "https://index.docker.io/v1/";

    /// <summary>The key for a registry's host.</summary>
    public static string Key(string host) => host is "docker.io" or "index.docker.io" or "" ? Hub : host;

    /// <summary>Keys may be hosts or addresses: <c>https://host/v1/</c> is <c>host</c>.</summary>
    public static bool IsSame(string key, string server) => key == server || (server != Hub && key != Hub && Host(key) == Host(server));

    private static string Host(string text)
    {
        string rest = text.StartsWith("https://", StringComparison.Ordinal) ? text["https://".Length..]
            : text.StartsWith("http://", StringComparison.Ordinal) ? text["http://".Length..] : text;
        return rest.Split('/', 2)[0];
    }
}
