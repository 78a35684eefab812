using System.Text;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Linux.Terminal;

namespace Argosy.Cli.Registry;

/// <summary>Gets a name and a password from options, standard input or the person at the terminal.</summary>
internal sealed class LoginPrompt(CliSession session)
{
    private const byte ControlC = 3;
    private const byte Backspace = 8;
    private const byte Delete = 127;

    public async Task<Credentials> AskAsync(string? user, string? password, bool fromInput, CancellationToken cancellationToken)
    {
        if (fromInput)
        {
            if (string.IsNullOrEmpty(user))
                throw new CliException("the --password-stdin option requires --username to be set");
            using var reader = new StreamReader(session.Streams.Input, leaveOpen: true);
            return new Credentials(user, (await reader.ReadToEndAsync(cancellationToken)).TrimEnd('\r', '\n'));
        }
        if (!session.Streams.InputIsTerminal && (user is null || password is null))
            throw new CliException("Error: Cannot perform an interactive login from a non TTY device. Use --username and --password-stdin.");
        user ??= await AskAsync("Username: ", hidden: false, cancellationToken);
        password ??= await AskAsync("Password: ", hidden: true, cancellationToken);
        return password.Length > 0 ? new Credentials(user, password) : throw new CliException("Error: Password Required");
    }

    /// <summary>Reads a line byte by byte in raw mode, so that a password is not echoed.</summary>
    private async Task<string> AskAsync(string prompt, bool hidden, CancellationToken cancellationToken)
    {
        await session.Out.WriteAsync(prompt);
        using IDisposable raw = Terminal.EnterRawMode(0);
        var typed = new List<byte>();
        byte[] key = new byte[1];
        while (await session.Streams.Input.ReadAsync(key, cancellationToken) == 1 && key[0] is not ((byte)'\r' or (byte)'\n'))
        {
            if (key[0] == ControlC)
                throw new CliException("\r", 130);
            if (key[0] is Backspace or Delete)
                await EraseAsync(typed, hidden);
            else
            {
                typed.Add(key[0]);
                if (!hidden)
                    await session.Streams.Output.WriteAsync(key, cancellationToken);
            }
        }
        await session.Out.WriteAsync("\r\n");
        return Encoding.UTF8.GetString([.. typed]).Trim();
    }

    private async Task EraseAsync(List<byte> typed, bool hidden)
    {
        if (typed.Count == 0)
            return;
        typed.RemoveAt(typed.Count - 1);
        if (!hidden)
            await session.Out.WriteAsync("\b \b");
    }
}
