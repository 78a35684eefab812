using System.Globalization;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Syntax;

/// <summary>What <c>-p</c> and <c>--expose</c> take: <c>[[ip:][host]:]container[/protocol]</c>, each port possibly a range.</summary>
internal static class PortSyntax
{
    /// <summary>The container's ports and their bindings.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IReadOnlyList<(string Port, PortBinding Binding)> ParsePublish(string text)
    {
        (string rest, string protocol) = SplitProtocol(text);
        (string ip, string host, string container) = SplitParts(rest, text);
        (int first, int last) = Range(container, "containerPort", text);
        if (host.Length == 0)
            return [.. Enumerable.Range(first, last - first + 1).Select(port => ($"{port}/{protocol}", new PortBinding { HostIp = ip }))];
        (int hostFirst, int hostLast) = Range(host, "hostPort", text);
        if (hostLast - hostFirst != last - first && first != last)
            throw new FormatException($"invalid ranges specified for container and host Ports: {container} and {host}");
        // A range on the host for one port of the container: the engine takes the first that is free.
        if (first == last)
            return [($"{first}/{protocol}", new PortBinding { HostIp = ip, HostPort = host })];
        return
        [
            .. Enumerable.Range(0, last - first + 1).Select(i => (
                $"{first + i}/{protocol}",
                new PortBinding { HostIp = ip, HostPort = (hostFirst + i).ToString(CultureInfo.InvariantCulture) })),
        ];
    }

    /// <summary>The ports of <c>--expose 80-82/tcp</c>.</summary>
    public static IReadOnlyList<string> ParseExpose(string text)
    {
        (string ports, string protocol) = SplitProtocol(text);
        if (ports.Contains(':', StringComparison.Ordinal))
            throw new FormatException($"invalid port format for --expose: {text}");
        (int first, int last) = Range(ports, "containerPort", text);
        return [.. Enumerable.Range(first, last - first + 1).Select(port => $"{port}/{protocol}")];
    }

    /// <summary>A published port of the host's, <c>[ip:]port[/protocol]</c>: as the key 8080/tcp, and the address or "".</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (string Port, string Ip) ParseUnpublish(string text)
    {
        (string rest, string protocol) = SplitProtocol(text);
        int colon = rest.LastIndexOf(':');
        string ip = colon < 0 ? "" : rest[..colon].Trim('[', ']'), port = rest[(colon + 1)..];
        if (colon >= 0 && !IsAddress(ip))
            throw new FormatException($"invalid IP address: {ip}");
        return TryPort(port, out int number) ? (string.Create(CultureInfo.InvariantCulture, $"{number}/{protocol}"), ip) : throw new FormatException($"invalid hostPort: {text}");
    }

    private static (string Ports, string Protocol) SplitProtocol(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string protocol = slash < 0 ? "tcp" : text[(slash + 1)..].ToLowerInvariant();
        return protocol is "tcp" or "udp" or "sctp"
            ? (slash < 0 ? text : text[..slash], protocol)
            : throw new FormatException($"invalid proto: {protocol}");
    }

    private static (string Ip, string Host, string Container) SplitParts(string text, string whole)
    {
        int last = text.LastIndexOf(':');
        if (last < 0)
            return ("", "", text);
        string container = text[(last + 1)..];
        string rest = text[..last];
        int middle = rest.LastIndexOf(':');
        if (container.Length == 0)
            throw new FormatException($"no port specified: {whole}<empty>");
        if (middle < 0)
            return ("", rest, container);
        string ip = rest[..middle].Trim('[', ']');
        return IsAddress(ip) ? (ip, rest[(middle + 1)..], container) : throw new FormatException($"invalid IP address: {ip}");
    }

    /// <summary>.NET takes "1.2.3" for 1.2.0.3; Docker does not.</summary>
    private static bool IsAddress(string text) =>
        global::System.Net.IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(c => c == '.') == 3);

    private static (int First, int Last) Range(string text, string what, string whole)
    {
        string[] ends = text.Split('-');
        if (ends.Length <= 2 && TryPort(ends[0], out int first) && TryPort(ends[^1], out int last) && first <= last)
            return (first, last);
        throw new FormatException($"invalid {what}: {(text.Length == 0 ? whole : text)}");
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535;
}
