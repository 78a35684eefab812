using System.Globalization;
using Argosy.Core;

namespace Argosy.Api.Routes.Containers;

/// <summary>What the filters <c>publish</c> and <c>expose</c> say: <c>80</c>, <c>80/udp</c>, <c>8000-8080/tcp</c>.</summary>
internal sealed record PortFilter(ushort First, ushort Last, string Protocol)
{
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>.</exception>
    internal static PortFilter Parse(string text)
    {
        string[] parts = text.Split('/');
        string[] ends = parts[0].Split('-');
        if (parts.Length > 2 || ends.Length > 2 || !TryPort(ends[0], out ushort first) || !TryPort(ends[^1], out ushort last) || last < first)
            throw EngineException.Invalid($"invalid port specification: \"{text}\"");
        return new PortFilter(first, last, parts.Length == 2 ? parts[1].ToLowerInvariant() : "tcp");
    }

    /// <summary>False for port 0, which is none.</summary>
    internal bool Has(int port, string protocol) => port > 0 && port >= First && port <= Last && protocol == Protocol;

    private static bool TryPort(string text, out ushort port) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);
}
