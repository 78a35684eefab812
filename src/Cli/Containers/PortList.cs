using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary>Ports as <c>ps</c> shows them: consecutive ports with the same host side are joined to a range.</summary>
internal static class PortList
{
    public static string Format(IReadOnlyList<Port> ports)
    {
        var groups = new List<string>();
        var published = new List<string>();
        foreach (IGrouping<(string?, string), Port> group in ports.Where(IsGroupable).OrderBy(port => port.PrivatePort).GroupBy(port => (port.IP, port.Type)))
            groups.AddRange(Ranges([.. group]));
        foreach (Port port in ports.Where(port => !IsGroupable(port)))
            published.Add($"{Host(port.IP)}:{port.PublicPort}->{port.PrivatePort}/{port.Type}");
        return string.Join(", ", published.Order(StringComparer.Ordinal).Concat(groups.Order(StringComparer.Ordinal)));
    }

    /// <summary>Ports that are not published, or published under their own number, can form ranges.</summary>
    private static bool IsGroupable(Port port) => port.PublicPort == 0 || port.PublicPort == port.PrivatePort;

    private static IEnumerable<string> Ranges(List<Port> ports)
    {
        for (int first = 0; first < ports.Count;)
        {
            int last = first;
            while (last + 1 < ports.Count && ports[last + 1].PrivatePort == ports[last].PrivatePort + 1 && ports[last + 1].PublicPort == 0 == (ports[first].PublicPort == 0))
                last++;
            yield return Range(ports[first], ports[last]);
            first = last + 1;
        }
    }

    private static string Range(Port first, Port last)
    {
        string range = first.PrivatePort == last.PrivatePort ? $"{first.PrivatePort}" : $"{first.PrivatePort}-{last.PrivatePort}";
        return first.PublicPort == 0 ? $"{range}/{first.Type}" : $"{Host(first.IP)}:{range}->{range}/{first.Type}";
    }

    private static string Host(string? ip) => ip is not null && ip.Contains(':', StringComparison.Ordinal) ? $"[{ip}]" : ip ?? "";
}
