using Argosy.Catalog.Dns;
using Argosy.Networks;
using Argosy.Networks.Companions;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog.Resolver;

/// <summary>The resolver: the process that answers the containers' questions for names, while the daemon lives and while it does not.</summary>
public static class ResolverProgram
{
    /// <summary>What makes argosyd this program: <c>argosyd resolver --exec-root DIRECTORY</c>.</summary>
    public const string Verb = "resolver";

    internal static CompanionProtocol<ResolverRequest, ResolverAnswer> Protocol { get; } = new(
        new CompanionKind(Verb), ResolverJson.Default.ResolverRequest, ResolverJson.Default.ResolverAnswer, version => new ResolverRequest.Hello(version), new ResolverRequest.End());

    /// <summary>Serves on the control socket below this directory until the daemon or a signal says so, or nothing is left to serve.</summary>
    public static Task<int> RunAsync(string execRoot, CancellationToken cancellationToken) => CompanionProgram.RunAsync(
        Protocol.Kind, execRoot, (paths, logger, ending) => RunAsync(Protocol.Kind.Socket(paths), CompanionKind.Version, logger, ending), cancellationToken);

    internal static async Task RunAsync(string path, string version, ILogger logger, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        var directory = new SandboxDirectory();
        var upstream = new UpstreamServers(new HostResolvConf());
        using var loop = new DatagramLoop();
        await using var dns = new DnsServer(loop, new LocalNames(directory), upstream, new DnsForwarder(time), time, logger);
        using ControlSocket socket = ControlSocket.Listen(path);
        var server = new ResolverServer(socket, dns, directory, upstream, version, logger);
        await CompanionProgram.ServeAsync(server, socket, dns.RetryAsync, dns.HasUsersAsync, cancellationToken);
    }
}
