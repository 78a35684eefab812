using System.Text;

namespace Argosy.Networks;

/// <summary>Writes the /etc/resolv.conf of a container: what it asks for, else what the daemon says, else what the host has.</summary>
public sealed class ResolvConf(NetworksOptions options, HostResolvConf host)
{
    private const string InternalServer = "127.0.0.11";
    private static readonly string[] LastResort = ["8.8.8.8", "8.8.4.4"];

    /// <summary>The file's text.</summary>
    /// <param name="sandbox">
    /// On a user-defined network the name server is the engine's at 127.0.0.11, which forwards to the servers of the sandbox;
    /// else they are listed themselves.
    /// </param>
    public string Build(Sandbox sandbox)
    {
        bool resolvesNames = sandbox.Endpoints.Any(endpoint => endpoint.DnsNames.Count > 0);
        ResolvConfContent fallback = host.ReadReachable();
        IReadOnlyList<string> search = First(sandbox.DnsSearch, options.DnsSearch, fallback.Search);
        IReadOnlyList<string> settings = First(sandbox.DnsOptions, options.DnsOptions, fallback.Options);
        if (resolvesNames)
            settings = WithoutSearchingFirst(settings, asked: sandbox.DnsOptions.Count > 0 || options.DnsOptions.Count > 0);
        return Write(resolvesNames ? [InternalServer] : First(sandbox.DnsServers, options.Dns, fallback.Servers, LastResort), search, settings);
    }

    /// <summary>A name with no dot is a container's first of all: ndots:0, unless someone asked for another.</summary>
    private static IReadOnlyList<string> WithoutSearchingFirst(IReadOnlyList<string> settings, bool asked) =>
        asked && settings.Any(IsDots) ? settings : [.. settings.Where(setting => !IsDots(setting)), "ndots:0"];

    private static bool IsDots(string setting) => setting.StartsWith("ndots:", StringComparison.Ordinal);

    private static IReadOnlyList<string> First(params ReadOnlySpan<IReadOnlyList<string>> candidates)
    {
        foreach (IReadOnlyList<string> candidate in candidates)
            if (candidate.Count > 0)
                return candidate;
        return [];
    }

    private static string Write(IReadOnlyList<string> servers, IReadOnlyList<string> search, IReadOnlyList<string> settings)
    {
        var text = new StringBuilder("# Written by Argosy when the container was started; see \"argosy run --dns\".\n");
        foreach (string server in servers)
            text.Append("nameserver ").Append(server).Append('\n');
        // "." alone: no search domain.
        if (search.Count > 0 && search is not ["."])
            text.Append("search ").AppendJoin(' ', search).Append('\n');
        if (settings.Count > 0)
            text.Append("options ").AppendJoin(' ', settings).Append('\n');
        return text.ToString();
    }
}
