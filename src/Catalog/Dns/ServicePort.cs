using System.Globalization;

namespace Argosy.Catalog.Dns;

/// <summary>A port that a container serves.</summary>
/// <param name="Target">A name that is this container's alone: its short id and the network.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol">"tcp", "udp" or "sctp".</param>
internal sealed record ServicePort(string Target, ushort Port, string Protocol)
{
    /// <summary>Reads "80/tcp"; null for what is none.</summary>
    internal static ServicePort? Parse(string target, string exposed)
    {
        string[] parts = exposed.Split('/');
        return ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) ? new ServicePort(target, port, parts.Length > 1 ? parts[1] : "tcp") : null;
    }
}
