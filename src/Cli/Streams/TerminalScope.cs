using System.Runtime.InteropServices;
using Argosy.Cli.Session;
using Argosy.Linux.Terminal;

namespace Argosy.Cli.Streams;

/// <summary>While it lives, the user's terminal is raw and its size is passed on.</summary>
internal sealed class TerminalScope : IDisposable
{
    private readonly Func<TerminalSize, Task> resize;
    private readonly IDisposable? rawMode;
    private readonly PosixSignalRegistration registration;
    private Task pending = Task.CompletedTask;

    public TerminalScope(CliSession session, bool raw, Func<TerminalSize, Task> resize)
    {
        this.resize = resize;
        rawMode = raw && session.Streams.InputIsTerminal ? Terminal.EnterRawMode(0) : null;
        registration = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Resize());
    }

    /// <summary>The terminal's size, of output or else of input.</summary>
    public static TerminalSize? Size => Terminal.TryGetSize(1, out TerminalSize size) || Terminal.TryGetSize(0, out size) ? size : null;

    /// <summary>Passes the size on. Failures are not told: the process may not have begun, or have ended.</summary>
    public void Resize()
    {
        if (Size is { } size)
            pending = AttemptAsync(pending, size);
    }

    public void Dispose()
    {
        registration.Dispose();
        rawMode?.Dispose();
    }

    private async Task AttemptAsync(Task before, TerminalSize size)
    {
        await before;
        try
        {
            await resize(size);
        }
        catch (Exception failure) when (failure is Client.ApiException or Client.EngineConnectionException)
        {
            // See Resize.
        }
    }
}
