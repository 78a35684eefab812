using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Argosy.Core;

namespace Argosy.Networks.Tests;

/// <summary>
/// docs/design/packet-path.md is what a running system does: connections that were tried, and the table as the kernel lists it.
/// With ARGOSY_WRITE_DOCS=1 the page is written instead of compared.
/// </summary>
[Trait("Needs", "Root")]
public sealed partial class PacketPathTests : IAsyncLifetime
{
    private TestDaemon daemon = null!;
    private Neighbour neighbour = null!;

    public async Task InitializeAsync()
    {
        daemon = await TestDaemon.StartAsync();
        neighbour = await Neighbour.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await daemon.DisposeAsync();
        await neighbour.DisposeAsync();
    }

    [Fact]
    public async Task The_page_about_the_path_of_a_packet_is_what_a_running_system_does()
    {
        string page = await DescribeAsync();
        string file = Path.Combine(RepositoryRoot(), "docs/design/packet-path.md");
        if (Environment.GetEnvironmentVariable("ARGOSY_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, page);
        Assert.Equal(page, await File.ReadAllTextAsync(file));
    }

    private async Task<string> DescribeAsync()
    {
        NetworkRecord front = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "front", EnableIPv6 = true }, default);
        NetworkRecord inner = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "inner", Internal = true }, default);
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [front], new PortBindingSpec(80, "tcp", null, 0), new PortBindingSpec(81, "tcp", IPAddress.Loopback, 0)), default);
        Sandbox peer = await daemon.Networks.SetUpAsync(TestDaemon.Spec("peer", [front]), default), hidden = await daemon.Networks.SetUpAsync(TestDaemon.Spec("hidden", [inner]), default);
        await using Server server = await Server.StartAsync(web, 80, "hello"), local = await Server.StartAsync(web, 81, "hello"), unpublished = await Server.StartAsync(web, 82, "hello");
        await neighbour.RouteAsync(front.Ipv4!.Subnet);
        await neighbour.RouteAsync(front.Ipv6!.Subnet);

        var page = new StringBuilder("""
            # The path of a packet

            Written by a test (`tests/Networks.Tests/PacketPathTests.cs`) from a running system, and compared with it: `ARGOSY_WRITE_DOCS=1 dotnet test tests/Networks.Tests --filter PacketPath`. What the chains mean is in [networking.md](networking.md).

            `front` is a network with IPv6; its container `web` publishes 80 as 8080 on all addresses and 81 as 8081 on 127.0.0.1, and listens at 82 too. `peer` is on `front`, `hidden` on the internal network `inner`. `neighbour` is another machine, which has a route to `front`.

            | from | to | what happens |
            |---|---|---|

            """);
        foreach ((string from, string to, Func<Task<string>> connect) in Attempts(web, peer, hidden, front))
            page.Append(CultureInfo.InvariantCulture, $"| {from} | {to} | {Outcome(await connect())} |\n");
        (int code, string table) = await Shell.RunAsync("nft", "-s", "list", "table", "inet", daemon.Instance);
        Assert.True(code == 0, table);
        page.Append("\n```\n").Append(Anonymous(table, web, front, inner)).Append("```\n");
        return page.ToString();
    }

    private IEnumerable<(string From, string To, Func<Task<string>> Connect)> Attempts(Sandbox web, Sandbox peer, Sandbox hidden, NetworkRecord front)
    {
        (ushort port, ushort loopback) = (web.Ports[0].HostPort, web.Ports[^1].HostPort);
        (IPAddress address, IPAddress address6) = (web.Endpoints[0].Address!, web.Endpoints[0].Address6!);
        (IPAddress gateway, IPAddress gateway6) = (front.Ipv4!.Gateway, front.Ipv6!.Gateway);
        yield return ("host", "127.0.0.1:8080", () => Http.GetAsync(IPAddress.Loopback, port));
        yield return ("host", "[::1]:8080", () => Http.GetAsync(IPAddress.IPv6Loopback, port));
        yield return ("host", "its own address:8080", () => Http.GetAsync(neighbour.HostAddress, port));
        yield return ("host", "its own IPv6 address:8080", () => Http.GetAsync(neighbour.HostAddress6, port));
        yield return ("host", "127.0.0.1:8081", () => Http.GetAsync(IPAddress.Loopback, loopback));
        yield return ("host", "its own address:8081", () => Http.GetAsync(neighbour.HostAddress, loopback));
        yield return ("host", "web:82", () => Http.GetAsync(address, 82));
        yield return ("neighbour", "the host's address:8080", () => neighbour.GetAsync(neighbour.HostAddress, port));
        yield return ("neighbour", "the host's IPv6 address:8080", () => neighbour.GetAsync(neighbour.HostAddress6, port));
        yield return ("neighbour", "the host's address:8081", () => neighbour.GetAsync(neighbour.HostAddress, loopback));
        yield return ("neighbour", "web:80", () => neighbour.GetAsync(address, 80));
        yield return ("neighbour", "web's IPv6 address:80", () => neighbour.GetAsync(address6, 80));
        yield return ("peer", "web:82", () => Http.GetAsync(peer, address, 82));
        yield return ("peer", "web's IPv6 address:82", () => Http.GetAsync(peer, address6, 82));
        yield return ("peer", "the gateway:8080", () => Http.GetAsync(peer, gateway, port));
        yield return ("web itself", "the gateway:8080", () => Http.GetAsync(web, gateway, port));
        yield return ("web itself", "the gateway's IPv6 address:8080", () => Http.GetAsync(web, gateway6, port));
        yield return ("hidden", "web:80", () => Http.GetAsync(hidden, address, 80));
    }

    private static string Outcome(string result) => result switch
    {
        "hello" => "answered",
        "ConnectionRefused" => "refused",
        "TimedOut" or "WouldBlock" => "dropped",
        "NetworkUnreachable" or "HostUnreachable" => "no route",
        _ => result,
    };

    /// <summary>The kernel's listing with everything that differs from run to run replaced, and elements in the order of their text.</summary>
    private string Anonymous(string table, Sandbox web, NetworkRecord front, NetworkRecord inner)
    {
        NetworkRecord bridge = daemon.Networks.Find("bridge");
        (string, string)[] names =
        [
            (daemon.Instance, "argosy"), (front.Bridge, "front"), (inner.Bridge, "inner"), (bridge.Bridge, "argosy0"),
            (front.Ipv4!.Subnet.ToString(), "172.18.0.0/24"), (front.Ipv6!.Subnet.ToString(), "fd00::/64"), (inner.Ipv4!.Subnet.ToString(), "172.18.1.0/24"), (bridge.Ipv4!.Subnet.ToString(), "172.17.0.0/16"),
            (web.Endpoints[0].Address6!.ToString(), "fd00::2"), (web.Endpoints[0].Address!.ToString(), "172.18.0.2"),
            (web.Ports[0].HostPort.ToString(CultureInfo.InvariantCulture), "8080"), (web.Ports[^1].HostPort.ToString(CultureInfo.InvariantCulture), "8081"),
        ];
        // By way of a mark for each: what one is replaced with may be what another one is.
        string marked = names.Index().Aggregate(table, (all, name) => all.Replace(name.Item.Item1, $"\u0001{name.Index}\u0002", StringComparison.Ordinal));
        string text = names.Index().Aggregate(marked, (all, name) => all.Replace($"\u0001{name.Index}\u0002", name.Item.Item2, StringComparison.Ordinal));
        return Elements().Replace(text, match => $"elements = {{ {string.Join(", ", match.Groups["list"].Value.Split(',').Select(element => element.Trim()).Order(StringComparer.Ordinal))} }}");
    }

    private static string RepositoryRoot()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "ARCHITECTURE.md")))
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("not inside the repository");
        return directory;
    }

    [GeneratedRegex(@"elements = \{(?<list>[^}]*)\}")]
    private static partial Regex Elements();
}
