using System.Net.Sockets;
using System.Text;
using Argosy.Linux.Processes;

namespace Argosy.Runtime;

/// <summary>Runs an OCI runtime's command and waits for its end without holding a thread.</summary>
internal static class RuntimeCommand
{
    /// <summary>What every helper gets; NOTIFY_SOCKET and the like stay with the daemon.</summary>
    public static IReadOnlyList<string> Environment { get; } = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TZ=UTC"];

    /// <summary>The exit code and what came on stdout and stderr together.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(RuntimeBinary runtime, params string[] args) =>
        RunAsync(runtime.Path, ["--root", runtime.Root, .. args]);

    /// <summary>The same for any program.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, IReadOnlyList<string> args)
    {
        using var output = SocketPair.Create();
        SpawnedProcess process = ProcessSpawner.Spawn(new SpawnRequest
        {
            Path = program,
            Args = [program, .. args],
            Environment = Environment,
            Descriptors = [new(1, output.Theirs), new(2, output.Theirs)],
        });
        output.Theirs.Dispose();
        string text = await ReadAllAsync(output.Ours);
        return (process.Wait(), text);
    }

    /// <summary>Reads until the last holder of the other end is gone; a helper's end is seen that way.</summary>
    public static async Task<string> ReadAllAsync(Socket socket)
    {
        var text = new MemoryStream();
        byte[] buffer = new byte[4096];
        int count;
        while ((count = await socket.ReceiveAsync(buffer, CancellationToken.None)) > 0)
            text.Write(buffer, 0, count);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
