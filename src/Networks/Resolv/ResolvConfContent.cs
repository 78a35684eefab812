namespace Argosy.Networks;

/// <summary>What a resolv.conf(5) says.</summary>
public sealed record ResolvConfContent
{
    /// <summary>nameserver lines.</summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>The last search (or domain) line.</summary>
    public IReadOnlyList<string> Search { get; init; } = [];

    /// <summary>All options.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    internal static ResolvConfContent Parse(string text)
    {
        List<string> servers = [], search = [], options = [];
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(['#', ';'], 2)[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["nameserver", var server, ..]:
                    servers.Add(server);
                    break;
                case ["search" or "domain", .. var domains]:
                    search = [.. domains];
                    break;
                case ["options", .. var more]:
                    options.AddRange(more);
                    break;
            }
        }
        return new ResolvConfContent { Servers = servers, Search = search, Options = options };
    }
}
