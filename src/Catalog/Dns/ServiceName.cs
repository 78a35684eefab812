using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Argosy.Catalog.Dns;

/// <summary>
/// The names of services: _port._protocol.name (RFC 2782). A service is named by its port's number: that is what containers say of theirs.
/// </summary>
/// <param name="Port">Null for a service that is named otherwise: nobody here has it.</param>
/// <param name="Protocol">"tcp", "udp" or "sctp".</param>
/// <param name="Name">Whose.</param>
internal sealed record ServiceName(ushort? Port, string Protocol, string Name)
{
    /// <param name="name">Lower case.</param>
    /// <param name="service">What it asks for.</param>
    internal static bool TryParse(string name, [NotNullWhen(true)] out ServiceName? service)
    {
        service = null;
        string[] parts = name.Split('.', 3);
        if (parts.Length < 3 || !parts[0].StartsWith('_') || parts[1] is not ("_tcp" or "_udp" or "_sctp"))
            return false;
        ushort? port = ushort.TryParse(parts[0].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? number : null;
        service = new ServiceName(port, parts[1][1..], parts[2]);
        return true;
    }
}
