using System.Runtime.InteropServices;
using System.Text;
using Argosy.Core;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks.Companions;

/// <summary>What is common to all companions' processes.</summary>
internal static class CompanionProgram
{
    /// <summary>Runs one until the daemon or a signal says so, or nobody is left to be served.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="execRoot">The daemon's directory for what does not survive a reboot.</param>
    /// <param name="run">The work: with the daemon's paths and a log.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<int> RunAsync(CompanionKind kind, string execRoot, Func<DaemonPaths, ILogger, CancellationToken, Task> run, CancellationToken cancellationToken)
    {
        NameProcess(kind);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await run(new DaemonPaths("", execRoot), new ErrorLog(Console.Error, TimeProvider.System), ending.Token);
        return 0;
    }

    /// <summary>Listens to the daemon, and watches that it does not do so longer than it is of use. True: the daemon said that it is over.</summary>
    internal static async Task<bool> ServeAsync<TRequest, TAnswer>(
        CompanionServer<TRequest, TAnswer> server, ControlSocket socket, Func<Task> lookAfter, Func<Task<bool>> hasUsers, CancellationToken cancellationToken)
        where TRequest : CompanionRequest
        where TAnswer : CompanionAnswer
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new CompanionWatch(() => server.HasDaemon, socket, lookAfter, hasUsers, TimeProvider.System);
        Task serving = server.RunAsync(ending.Token), watching = watch.RunAsync(ending.Token);
        await Task.WhenAny(serving, watching);
        await ending.CancelAsync();
        await serving;
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (watching.IsFaulted)
            await watching;
        return server.WasEnded;
    }

    /// <summary>It was started through /proc/self/exe and would be called "exe".</summary>
    private static void NameProcess(CompanionKind kind)
    {
        using var name = new FileStream("/proc/self/comm", FileMode.Open, FileAccess.Write);
        name.Write(Encoding.ASCII.GetBytes(kind.ProcessName));
    }
}
