using System.Globalization;
using Argosy.Build.Syntax;

namespace Argosy.Build.Execution;

/// <summary>EXPOSE's ports: <c>80</c>, <c>80/udp</c>, <c>7000-7010/tcp</c>.</summary>
internal static class PortRange
{
    /// <summary>Every port of the text as <c>80/tcp</c>.</summary>
    public static IEnumerable<string> Expand(string text)
    {
        string[] parts = text.Split('/');
        string protocol = parts.Length > 1 ? parts[1].ToLowerInvariant() : "tcp";
        string[] ends = parts[0].Split('-');
        if (parts.Length > 2 || ends.Length > 2 || protocol is not ("tcp" or "udp" or "sctp"))
            throw new DockerfileSyntaxException($"invalid port specification: \"{text}\"");
        (int first, int last) = (Parse(ends[0], text), Parse(ends[^1], text));
        if (last < first)
            throw new DockerfileSyntaxException($"invalid range specified for port: {text}");
        return Enumerable.Range(first, last - first + 1).Select(port => string.Create(CultureInfo.InvariantCulture, $"{port}/{protocol}"));
    }

    private static int Parse(string port, string text) =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && number > 0
            ? number : throw new DockerfileSyntaxException($"invalid containerPort: {text}");
}
