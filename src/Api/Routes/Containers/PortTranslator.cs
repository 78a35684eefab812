using System.Globalization;
using Argosy.Core;

namespace Argosy.Api.Routes.Containers;

/// <summary>Port keys of the API: <c>80/tcp</c>, <c>53/udp</c>, <c>80</c>.</summary>
internal static class PortTranslator
{
    /// <summary>The key with its protocol written out.</summary>
    internal static string Normalise(string key)
    {
        (ushort port, string protocol) = Parse(key);
        return $"{port}/{protocol}";
    }

    internal static (ushort Port, string Protocol) Parse(string key)
    {
        string[] parts = key.Split('/');
        string protocol = parts.Length == 2 ? parts[1].ToLowerInvariant() : "tcp";
        if (parts.Length > 2 || protocol is not ("tcp" or "udp" or "sctp"))
            throw EngineException.Invalid($"invalid port specification: \"{key}\"");
        if (!ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) || port == 0)
            throw EngineException.Invalid($"invalid port specification: \"{parts[0]}\"");
        return (port, protocol);
    }
}
