using System.Text;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Networks;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

/// <summary>The files made for a container at every start: /etc/hosts, /etc/hostname and /etc/resolv.conf.</summary>
public sealed class ContainerFiles(DaemonPaths paths, ContainerTable table, ContainerLinks links, ResolvConf resolver)
{
    /// <summary>Where the files appear in every container.</summary>
    internal static readonly IReadOnlyList<string> Destinations = ["/etc/resolv.conf", "/etc/hostname", "/etc/hosts"];

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes the files and gives the mounts that put them in place.</summary>
    /// <param name="sandbox">Null when the container uses the host's or another container's network.</param>
    internal IReadOnlyList<MountSpec> Write(ContainerRecord container, Sandbox? sandbox)
    {
        string directory = paths.Container(container.Id);
        string source = directory;
        if (container.Host.NetworkMode.StartsWith("container:", StringComparison.Ordinal))
        {
            source = paths.Container(table.Find(container.Host.NetworkMode["container:".Length..]).Id);
        }
        else
        {
            Write(directory, "hostname", container.Config.Hostname + "\n");
            Write(directory, "hosts", Hosts(container, sandbox));
            Write(directory, "resolv.conf", sandbox is null ? HostResolver() : resolver.Build(sandbox));
        }
        return [.. Destinations.Select(destination => MountSpec.Bind(Path.Combine(source, Path.GetFileName(destination)), destination))];
    }

    /// <summary>A linked container has a new address: the line with its names gets it, the rest of the file is the container's.</summary>
    internal void ReplaceHost(ContainerId id, string line)
    {
        string names = line[line.IndexOf('\t', StringComparison.Ordinal)..];
        string file = Path.Combine(paths.Container(id), "hosts");
        if (!File.Exists(file))
            return;
        string[] lines = [.. File.ReadLines(file).Select(old => old.EndsWith(names, StringComparison.Ordinal) ? line : old)];
        Write(paths.Container(id), "hosts", string.Join('\n', lines) + "\n");
    }

    private static void Write(string directory, string name, string content)
    {
        // Written in place: a rename would leave a bind mount of an earlier life looking at the old file, and these are made anew at every start.
        var mode = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Readable };
        using var stream = new FileStream(Path.Combine(directory, name), mode);
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    private string Hosts(ContainerRecord container, Sandbox? sandbox)
    {
        var text = new StringBuilder();
        if (sandbox is null && File.Exists("/etc/hosts"))
            text.Append(File.ReadAllText("/etc/hosts").TrimEnd()).Append('\n');
        else
            text.Append("127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::\tip6-localnet\nff00::\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n");
        foreach (string entry in container.Host.ExtraHosts)
            text.Append(ExtraHost(entry, sandbox)).Append('\n');
        foreach (string line in links.Hosts(container))
            text.Append(line).Append('\n');
        string names = container.Config.Domainname.Length > 0
            ? $"{container.Config.Hostname}.{container.Config.Domainname} {container.Config.Hostname}" : container.Config.Hostname;
        foreach (Endpoint endpoint in sandbox?.Endpoints ?? [])
            foreach (System.Net.IPAddress address in endpoint.Addresses)
                text.Append(address).Append('\t').Append(names).Append('\n');
        return text.ToString();
    }

    /// <summary><c>name:address</c> or <c>name=address</c>; host-gateway is the host as this container reaches it.</summary>
    private static string ExtraHost(string entry, Sandbox? sandbox)
    {
        int at = entry.IndexOfAny([':', '=']);
        if (at <= 0)
            throw EngineException.Invalid($"bad format for add-host: \"{entry}\"");
        (string name, string address) = (entry[..at], entry[(at + 1)..].Trim('[', ']'));
        if (address == "host-gateway")
            address = (sandbox?.GatewayEndpoint?.Gateway ?? sandbox?.GatewayEndpoint6?.Gateway6)?.ToString() ?? "127.0.0.1";
        return $"{address}\t{name}";
    }

    private static string HostResolver() => File.Exists("/etc/resolv.conf") ? File.ReadAllText("/etc/resolv.conf") : "";
}
