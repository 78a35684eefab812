using System.Net.Sockets;
using Argosy.Cli.CommandLine;
using Argosy.Linux.Processes;

namespace Argosy.Cli.Build;

/// <summary>
/// An <c>ssh-agent</c> of OpenSSH with some keys, for one build. A shell watches it: whatever becomes of this program, the shell's input ends with it,
/// and then it ends the agent and removes its directory.
/// </summary>
internal sealed class PrivateAgent : IAsyncDisposable
{
    // $1 is the agent, $2 its socket, $3 the directory. What a terminal sends to all is for this program to answer.
    private const string Watch = "trap '' INT HUP TERM; \"$1\" -D -a \"$2\" > /dev/null 2>&1 & agent=$!; cat > /dev/null; kill $agent; wait $agent; rm -rf -- \"$3\"";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    private readonly SocketPair lifeline;
    private readonly SpawnedProcess watcher;

    private PrivateAgent(SocketPair lifeline, SpawnedProcess watcher, string socket) => (this.lifeline, this.watcher, Socket) = (lifeline, watcher, socket);

    /// <summary>Where it listens.</summary>
    public string Socket { get; }

    /// <summary>Starts one and gives it the keys.</summary>
    /// <exception cref="CliException">There is no ssh-agent, or a file is no key, or one with a passphrase.</exception>
    public static async Task<PrivateAgent> StartAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        string agentPath = Tool.Find("ssh-agent") ?? throw Missing("ssh-agent");
        foreach (string key in keys)
            await CheckAsync(key, cancellationToken);
        // Created for this user alone.
        string directory = Directory.CreateTempSubdirectory("argosy-ssh-").FullName;
        string socket = Path.Combine(directory, "agent.sock");
        var lifeline = SocketPair.Create();
        SpawnedProcess watcher = ProcessSpawner.Spawn(new SpawnRequest
        {
            Path = "/bin/sh",
            Args = ["sh", "-c", Watch, "sh", agentPath, socket, directory],
            Environment = Tool.Environment(),
            Descriptors = [new(0, lifeline.Theirs)],
        });
        lifeline.Theirs.Dispose();
        var agent = new PrivateAgent(lifeline, watcher, socket);
        try
        {
            await agent.WaitAsync(cancellationToken);
            foreach (string key in keys)
                await agent.AddAsync(key, cancellationToken);
            return agent;
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it, and waits until nothing of it is left.</summary>
    public async ValueTask DisposeAsync()
    {
        lifeline.Dispose();
        await Task.Run(watcher.Wait);
    }

    /// <summary>A key that can be read without a question.</summary>
    private static async Task CheckAsync(string key, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await Tool.RunAsync(Tool.Find("ssh-keygen") ?? throw Missing("ssh-keygen"), ["-y", "-P", "", "-f", key], [], cancellationToken);
        if (exitCode == 0)
            return;
        throw output.Contains("incorrect passphrase", StringComparison.Ordinal)
            ? new CliException($"--ssh: the key {key} has a passphrase: give it to an agent of your own (ssh-add {key}) and lend that")
            : new CliException($"--ssh: {key} is neither the socket of an agent nor a private key: {output}");
    }

    private async Task AddAsync(string key, CancellationToken cancellationToken)
    {
        (int exitCode, string output) = await Tool.RunAsync(Tool.Find("ssh-add") ?? throw Missing("ssh-add"), ["-q", key], [$"SSH_AUTH_SOCK={Socket}"], cancellationToken);
        if (exitCode != 0)
            throw new CliException($"--ssh: ssh-add {key}: {output}");
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < Patience; waited += Step)
        {
            if (AgentForwarder.IsSocket(Socket))
                return;
            await Task.Delay(Step, cancellationToken);
        }
        throw new CliException("--ssh: ssh-agent has not begun to listen");
    }

    private static CliException Missing(string program) =>
        new($"--ssh: a key is lent by an agent, and there is no {program} on this machine: install OpenSSH's client, or lend the socket of an agent");
}
