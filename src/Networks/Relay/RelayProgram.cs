using Argosy.Core;
using Argosy.Linux;
using Argosy.Linux.Files;
using Argosy.Linux.Processes;
using Argosy.Linux.Sockets;
using Argosy.Networks.Companions;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks.Relay;

/// <summary>
/// The relay: the process that leads clients of published IPv6 ports to containers where the kernel cannot, because they have only IPv4 or
/// because the client came to ::1; while the daemon lives and while it does not.
/// </summary>
public static class RelayProgram
{
    /// <summary>What makes argosyd this program: <c>argosyd relay --exec-root DIRECTORY</c>.</summary>
    public const string Verb = "relay";

    internal static CompanionProtocol<RelayRequest, RelayAnswer> Protocol { get; } = new(
        new CompanionKind(Verb), RelayJson.Default.RelayRequest, RelayJson.Default.RelayAnswer, version => new RelayRequest.Hello(version), new RelayRequest.End());

    /// <summary>Serves on the control socket below this directory until the daemon or a signal says so, or nothing is left to carry.</summary>
    public static Task<int> RunAsync(string execRoot, CancellationToken cancellationToken) => CompanionProgram.RunAsync(
        Protocol.Kind, execRoot, (paths, logger, ending) => RunAsync(paths, CompanionKind.Version, GiveUpPrivileges, logger, ending), cancellationToken);

    /// <param name="paths">Where to listen, and where containers' ends are written down.</param>
    /// <param name="version">This one's.</param>
    /// <param name="ready">Called when everything is open that needs rights.</param>
    /// <param name="logger">For what goes wrong.</param>
    /// <param name="cancellationToken">Ends it, and breaks off connections.</param>
    internal static async Task RunAsync(DaemonPaths paths, string version, Action<ILogger> ready, ILogger logger, CancellationToken cancellationToken)
    {
        using OpenDirectory? exits = OpenDirectory.TryOpen(paths.Exits);
        using ControlSocket socket = ControlSocket.Listen(Protocol.Kind.Socket(paths));
        ready(logger);
        using var loop = new ReadinessLoop("datagrams");
        await using var connections = new StreamConnections();
        using var table = new RelayTable(connections, loop, TimeProvider.System, logger);
        var server = new RelayServer(socket, table, version, logger);
        Task Sweep()
        {
            table.Sweep();
            return Task.CompletedTask;
        }
        // Without a daemon nobody says that a container is over; its end is written down all the same.
        Task<bool> HasUsers()
        {
            if (exits is not null)
                table.CloseOf(exits.List());
            return Task.FromResult(table.Keys.Count > 0 || connections.Count > 0);
        }
        if (await CompanionProgram.ServeAsync(server, socket, Sweep, HasUsers, cancellationToken))
            await connections.DrainAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>It needs none once it listens: sockets come open, and to connect to a container everybody may.</summary>
    private static void GiveUpPrivileges(ILogger logger)
    {
        try
        {
            Privileges.Drop();
        }
        catch (LinuxException exception)
        {
            NetworksLog.PrivilegesKept(logger, exception);
        }
    }
}
