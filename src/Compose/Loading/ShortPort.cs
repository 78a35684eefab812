using System.Globalization;

namespace Argosy.Compose;

/// <summary>The short syntax of ports: <c>[[ip:]published[-end]:]target[-end][/protocol]</c>.</summary>
internal static class ShortPort
{
    /// <summary>The long form, one mapping for each container port.</summary>
    /// <exception cref="FormatException">It is no port; the message is for the user.</exception>
    internal static IEnumerable<ComposeNode> Expand(Mark at, string text)
    {
        (string address, string protocol) = Cut(text, '/');
        if (protocol.Length == 0)
            protocol = "tcp";
        if (protocol is not ("tcp" or "udp" or "sctp"))
            throw new FormatException($"invalid port \"{text}\": invalid protocol \"{protocol}\"");
        int last = address.LastIndexOf(':');
        (int first, int end) = Range(address[(last + 1)..], text);
        (string ip, string published) = last < 0 ? ("", "") : HostPart(address[..last]);
        return published.Length == 0
            ? Ports(first, end).Select(port => Node(at, ip, port, null, protocol))
            : WithPublished(at, text, ip, published, (first, end), protocol);
    }

    private static IEnumerable<ComposeNode> WithPublished(Mark at, string text, string ip, string published, (int First, int End) target, string protocol)
    {
        (int first, int end) = Range(published, text);
        int count = target.End - target.First;
        if (count == 0)
            return [Node(at, ip, target.First, published, protocol)];
        if (end - first != count)
            throw new FormatException($"invalid port \"{text}\": invalid ranges specified for container and host Ports: {target.First}-{target.End} and {published}");
        return Ports(target.First, target.End).Select(port => Node(at, ip, port, Text(first + port - target.First), protocol));
    }

    private static (string Ip, string Published) HostPart(string host)
    {
        if (host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is > 0 and var close)
            return (host[1..close], host[(close + 1)..].TrimStart(':'));
        int colon = host.LastIndexOf(':');
        bool ipAlone = colon < 0 && host.Contains('.', StringComparison.Ordinal);
        return ipAlone ? (host, "") : colon < 0 ? ("", host) : (host[..colon], host[(colon + 1)..]);
    }

    private static (int First, int End) Range(string text, string whole)
    {
        (string first, string end) = Cut(text, '-');
        int from = Port(first, whole);
        int to = end.Length == 0 ? from : Port(end, whole);
        return to >= from ? (from, to) : throw new FormatException($"invalid port range \"{text}\" in \"{whole}\"");
    }

    private static int Port(string text, string whole) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535
            ? port
            : throw new FormatException($"invalid containerPort or hostPort in \"{whole}\": \"{text}\"");

    private static IEnumerable<int> Ports(int first, int end) => Enumerable.Range(first, end - first + 1);

    private static (string Before, string After) Cut(string text, char separator)
    {
        int index = text.IndexOf(separator, StringComparison.Ordinal);
        return index < 0 ? (text, "") : (text[..index], text[(index + 1)..]);
    }

    private static MappingNode Node(Mark at, string ip, int target, string? published, string protocol)
    {
        var node = new MappingNode(at);
        Add("mode", "ingress");
        if (ip.Length > 0)
            Add("host_ip", ip);
        Add("target", Text(target));
        if (published is not null)
            Add("published", published);
        Add("protocol", protocol);
        return node;

        void Add(string key, string value) => node.Set(key, at, new ScalarNode(at, value));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
