using System.Runtime.InteropServices;
using Argosy.Catalog.Dns;
using Argosy.Core;
using Argosy.Networks;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog.Resolver;

/// <summary>The resolver: the process that answers the containers' questions for names, while the daemon lives and while it does not.</summary>
public static class ResolverProgram
{
    /// <summary>The arguments that make argosyd this program: <c>argosyd resolver --exec-root DIRECTORY</c>.</summary>
    public const string Verb = "resolver", ExecRootOption = "--exec-root";

    /// <summary>As ps(1) shows it; 15 characters are what the kernel keeps.</summary>
    private const string ProcessName = "argosy-resolver";

    /// <summary>The version of this build, to the commit.</summary>
    internal static string Version => $"{EngineVersion.Text}+{EngineVersion.Commit}";

    /// <summary>Serves on the control socket below this directory until the daemon or a signal says so, or nothing is left to serve.</summary>
    public static async Task<int> RunAsync(string execRoot, CancellationToken cancellationToken)
    {
        NameProcess();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await RunAsync(new DaemonPaths("", execRoot).ResolverSocket, Version, new ErrorLog(Console.Error, TimeProvider.System), ending.Token);
        return 0;
    }

    internal static async Task RunAsync(string path, string version, ILogger logger, CancellationToken cancellationToken)
    {
        TimeProvider time = TimeProvider.System;
        var directory = new SandboxDirectory();
        var upstream = new UpstreamServers(new HostResolvConf());
        using var loop = new DatagramLoop();
        await using var dns = new DnsServer(loop, new LocalNames(directory), upstream, new DnsForwarder(time), time, logger);
        using ResolverSocket socket = ResolverSocket.Listen(path);
        var server = new ResolverServer(socket, dns, directory, upstream, version, logger);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task serving = server.RunAsync(ending.Token), watching = new ResolverWatch(server, socket, dns, time).RunAsync(ending.Token);
        await Task.WhenAny(serving, watching);
        await ending.CancelAsync();
        await serving;
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (watching.IsFaulted)
            await watching;
    }

    /// <summary>It was started through /proc/self/exe and would be called "exe".</summary>
    private static void NameProcess()
    {
        using var name = new FileStream("/proc/self/comm", FileMode.Open, FileAccess.Write);
        name.Write(System.Text.Encoding.ASCII.GetBytes(ProcessName));
    }
}
