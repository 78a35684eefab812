using System.Net;
using System.Net.Sockets;
using Argosy.Core;
using Argosy.Linux.Namespaces;
using Argosy.Testing;

namespace Argosy.Networks.Tests;

/// <summary>Another machine on the host's network: a namespace and a cable, made with the host's own tools.</summary>
internal sealed class Neighbour : IAsyncDisposable
{
    private readonly string name = "n" + RandomId.Next()[..6];
    private readonly int number = AddressRange.Next();

    internal IPAddress HostAddress => IPAddress.Parse($"198.18.{number}.1");

    internal IPAddress Address => IPAddress.Parse($"198.18.{number}.2");

    internal IPAddress HostAddress6 => IPAddress.Parse($"2001:db8:a{number}::1");

    internal IPAddress Address6 => IPAddress.Parse($"2001:db8:a{number}::2");

    /// <summary>The host's end of the cable.</summary>
    internal string Cable => name + "h";

    internal IPNetwork Subnet => IPNetwork.Parse($"198.18.{number}.0/24");

    private string Path => "/run/netns/" + name;

    internal static async Task<Neighbour> StartAsync()
    {
        var neighbour = new Neighbour();
        string ns = neighbour.name, cable = ns + "h";
        string script = $"set -e; ip netns add {ns}; ip link add {cable} type veth peer name eth0 netns {ns}; ip addr add {neighbour.HostAddress}/24 dev {cable}; ip -6 addr add {neighbour.HostAddress6}/64 dev {cable} nodad; ip link set {cable} up; " +
            $"ip -n {ns} addr add {neighbour.Address}/24 dev eth0; ip -n {ns} -6 addr add {neighbour.Address6}/64 dev eth0 nodad; ip -n {ns} link set eth0 up; ip -n {ns} link set lo up";
        (int code, string output) = await Shell.RunAsync("sh", "-c", script);
        return code == 0 ? neighbour : throw new InvalidOperationException(output);
    }

    /// <summary>As if it knew the way to the containers.</summary>
    internal Task RouteAsync(IPNetwork subnet) => Shell.RunAsync("ip", "-n", name, "route", "add", subnet.ToString(), "via",
        (subnet.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? HostAddress : HostAddress6).ToString());

    internal Task ForgetRouteAsync(IPNetwork subnet) => Shell.RunAsync("ip", "-n", name, "route", "del", subnet.ToString());

    /// <summary>Runs something there; sockets that it opens stay there.</summary>
    internal T Inside<T>(Func<T> work) => NetworkNamespace.Run(Path, work);

    internal Task<string> GetAsync(IPAddress? address, int port) => Task.Run(() => NetworkNamespace.Run(Path, () => Http.Get(address, port)));

    /// <summary>Connects to a published port whose server has stopped listening at 80 and looks at who comes.</summary>
    internal async Task<IPAddress> SourceSeenByAsync(Sandbox web, IPAddress address, int port)
    {
        using Socket client = NetworkNamespace.Run(Path, () => new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp));
        await client.ConnectAsync(address, port);
        (_, string connections) = await Shell.InsideAsync(web, "ss", "-Htn", "state", "established", "sport", "=", ":80");
        string peer = connections.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[3];
        IPAddress seen = IPEndPoint.Parse(peer).Address;
        return seen.IsIPv4MappedToIPv6 ? seen.MapToIPv4() : seen;
    }

    public async ValueTask DisposeAsync()
    {
        await Shell.RunAsync("ip", "link", "del", name + "h");
        await Shell.RunAsync("ip", "netns", "del", name);
    }
}
