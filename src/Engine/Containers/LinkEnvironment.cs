using System.Globalization;

namespace Argosy.Engine.Containers;

/// <summary>The environment variables of a legacy link (docker run --link), as dockerd makes them.</summary>
internal static class LinkEnvironment
{
    /// <param name="parent">The linking container's name.</param>
    /// <param name="alias">The linked one's name inside it.</param>
    /// <param name="address">The linked one's address.</param>
    /// <param name="exposed">The linked one's ports, <c>80/tcp</c>.</param>
    /// <param name="childEnv">The linked one's own environment.</param>
    internal static IEnumerable<string> Of(string parent, string alias, string address, IEnumerable<string> exposed, IEnumerable<string> childEnv)
    {
        string prefix = alias.ToUpperInvariant().Replace('-', '_');
        (int Port, string Protocol)[] ports = [.. exposed.Select(Split).OrderBy(port => port.Number).ThenBy(port => port.Protocol == "tcp" ? 0 : 1)];
        if (ports is [var first, ..])
            yield return $"{prefix}_PORT={Url(first)}";
        foreach (((int Port, string Protocol) from, (int Port, string Protocol) to) in Ranges(ports))
        {
            string name = $"{prefix}_PORT_{Text(from.Port)}_{from.Protocol.ToUpperInvariant()}";
            yield return $"{name}_START={Url(from)}";
            yield return $"{name}_PORT_START={Text(from.Port)}";
            yield return $"{name}_END={Url(to)}";
            yield return $"{name}_PORT_END={Text(to.Port)}";
        }
        foreach ((int Port, string Protocol) port in ports)
        {
            string name = $"{prefix}_PORT_{Text(port.Port)}_{port.Protocol.ToUpperInvariant()}";
            yield return $"{name}={Url(port)}";
            yield return $"{name}_ADDR={address}";
            yield return $"{name}_PORT={Text(port.Port)}";
            yield return $"{name}_PROTO={port.Protocol}";
        }
        yield return $"{prefix}_NAME=/{parent}/{alias}";
        foreach (string entry in childEnv)
        {
            if (entry.Split('=', 2) is [var name and not ("HOME" or "PATH"), var value])
                yield return $"{prefix}_ENV_{name}={value}";
        }

        string Url((int Port, string Protocol) port) => $"{port.Protocol}://{address}:{Text(port.Port)}";
    }

    /// <summary>Runs of at least two neighbouring ports of one protocol.</summary>
    private static IEnumerable<((int Port, string Protocol) From, (int Port, string Protocol) To)> Ranges((int Port, string Protocol)[] ports)
    {
        for (int start = 0; start < ports.Length;)
        {
            int end = start;
            while (end + 1 < ports.Length && ports[end + 1] == (ports[end].Port + 1, ports[start].Protocol))
                end++;
            if (end > start)
                yield return (ports[start], ports[end]);
            start = end + 1;
        }
    }

    private static (int Number, string Protocol) Split(string port)
    {
        string[] parts = port.Split('/');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), parts.Length > 1 ? parts[1] : "tcp");
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
