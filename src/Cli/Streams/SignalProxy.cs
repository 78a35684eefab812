using System.Runtime.InteropServices;
using Argosy.Client;

namespace Argosy.Cli.Streams;

/// <summary>While it lives, signals that this program gets are sent to the container instead.</summary>
internal sealed class SignalProxy : IDisposable
{
    private static readonly (PosixSignal Signal, string Name)[] Signals =
    [
        (PosixSignal.SIGHUP, "HUP"), (PosixSignal.SIGINT, "INT"), (PosixSignal.SIGQUIT, "QUIT"), (PosixSignal.SIGTERM, "TERM"),
        ((PosixSignal)10, "USR1"), ((PosixSignal)12, "USR2"), ((PosixSignal)14, "ALRM"),
    ];

    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Func<string, Task> kill;
    private Task pending = Task.CompletedTask;

    public SignalProxy(Func<string, Task> kill)
    {
        this.kill = kill;
        foreach ((PosixSignal signal, string name) in Signals)
            registrations.Add(PosixSignalRegistration.Create(signal, context => Forward(context, name)));
    }

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void Forward(PosixSignalContext context, string name)
    {
        context.Cancel = true;
        lock (registrations)
            pending = AttemptAsync(pending, name);
    }

    private async Task AttemptAsync(Task before, string name)
    {
        await before;
        try
        {
            await kill(name);
        }
        catch (Exception failure) when (failure is ApiException or EngineConnectionException)
        {
            // The container has ended: its exit code will tell.
        }
    }
}
