using System.Net.Sockets;
using System.Text;
using Argosy.Core;
using Argosy.Linux.Files;
using Argosy.Linux.Processes;

namespace Argosy.Build.Execution;

/// <summary>Checks repositories out with the <c>git</c> program, where it is installed. Nothing of the machine's or a user's git configuration counts.</summary>
public static class GitFetcher
{
    private const string Program = "/usr/bin/git";
    private const int LongestError = 4096;

    /// <summary>Fetches one revision, without its history.</summary>
    /// <param name="reference">What to fetch.</param>
    /// <param name="directory">A new directory for it.</param>
    /// <param name="keepGitDirectory">Whether <c>.git</c> stays.</param>
    /// <param name="cancellationToken">Kills git.</param>
    /// <returns>The commit.</returns>
    /// <exception cref="EngineException">There is no git, or it failed: with what it said.</exception>
    public static async Task<string> FetchAsync(GitReference reference, string directory, bool keepGitDirectory, CancellationToken cancellationToken)
    {
        if (!File.Exists(Program))
            throw EngineException.Invalid($"failed to fetch {reference.Address}: git is not installed on the engine's host (apt-get install git)");
        if (reference.Revision?.StartsWith('-') == true || reference.Address.StartsWith('-'))
            throw EngineException.Invalid($"failed to fetch {reference.Address}: invalid reference {reference.Revision}");
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, (UnixFileMode)0x1ed);
        await RunAsync(reference, directory, ["init", "-q"], cancellationToken);
        await RunAsync(reference, directory, ["fetch", "-q", "--depth=1", "--no-tags", reference.Address, reference.Revision ?? "HEAD"], cancellationToken);
        await RunAsync(reference, directory, ["checkout", "-q", "FETCH_HEAD"], cancellationToken);
        await RunAsync(reference, directory, ["submodule", "-q", "update", "--init", "--recursive", "--depth=1"], cancellationToken);
        string commit = (await RunAsync(reference, directory, ["rev-parse", "HEAD"], cancellationToken)).Trim();
        if (!keepGitDirectory)
            FileTree.Remove(Path.Combine(directory, ".git"));
        return commit;
    }

    private static async Task<string> RunAsync(GitReference reference, string directory, string[] arguments, CancellationToken cancellationToken)
    {
        using var output = SocketPair.Create();
        SpawnedProcess process = ProcessSpawner.Spawn(new SpawnRequest
        {
            Path = Program,
            Args = ["git", "-c", "protocol.file.allow=never", "-c", "protocol.ext.allow=never", "-c", "core.hooksPath=/dev/null", .. arguments],
            Environment =
            [
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0",
                "GIT_SSH_COMMAND=ssh -o BatchMode=yes", "LC_ALL=C", "TZ=UTC",
            ],
            WorkingDirectory = directory,
            Descriptors = [new(1, output.Theirs), new(2, output.Theirs)],
        });
        output.Theirs.Dispose();
        string text = await ReadAsync(process, output.Ours, cancellationToken);
        if (process.Wait() is not 0 and var code)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw EngineException.Invalid($"failed to fetch {reference.Address}{(reference.Revision is { } revision ? $" ({revision})" : "")}: git {arguments[0]} ended with {code}: {text.Trim()}");
        }
        return text;
    }

    /// <summary>All that it says, which it stops saying when it has ended.</summary>
    private static async Task<string> ReadAsync(SpawnedProcess process, Socket socket, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[4096];
        await using (cancellationToken.Register(process.Kill))
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer, CancellationToken.None)) > 0)
                text.Append(text.Length < LongestError ? Encoding.UTF8.GetString(buffer, 0, count) : "");
        }
        return text.ToString();
    }
}
