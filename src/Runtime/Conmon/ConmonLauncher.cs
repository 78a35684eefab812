using System.Net.Sockets;
using System.Runtime.InteropServices;
using Argosy.Core;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Conmon;

/// <summary>
/// Starts conmon and hears from it. conmon forks away at once (it is nobody's child, in a session of its own, and outlives the daemon),
/// lets the OCI runtime create the process, and tells the pid or the runtime's error on its sync pipe, as lines of JSON.
/// </summary>
internal sealed class ConmonLauncher(RuntimeOptions options)
{
    private const int SyncDescriptor = 3;
    private const int StartDescriptor = 4;
    private const int AttachDescriptor = 5;

    private readonly Lazy<string> conmon = new(() => RuntimeBinaries.Find(options.Conmon)
        ?? throw new EngineException(ErrorKind.Internal, $"{options.Conmon} is not installed"));

    /// <summary>Starts the process under conmon.</summary>
    /// <param name="attach">Called when the attach socket exists and the exec has not begun; only with <see cref="ConmonRequest.ExecAttach"/>.</param>
    public async Task<ConmonReply> LaunchAsync(ConmonRequest request, Func<Task>? attach = null)
    {
        using var sync = SocketPair.Create();
        using SocketPair? start = request.ExecAttach ? SocketPair.Create() : null;
        using SocketPair? ready = request.ExecAttach ? SocketPair.Create() : null;
        using var errors = SocketPair.Create();
        SpawnedProcess parent = Spawn(request, sync, start, ready, errors);
        if (start is not null && ready is not null && attach is not null)
            await AttachFirstAsync(start.Ours, ready.Ours, attach);
        ConmonReply? reply = await ReadReplyAsync(sync.Ours);
        // The parent that forked conmon away has ended long ago: this does not block.
        int exitCode = parent.Wait();
        return reply ?? new ConmonReply(-1, $"conmon ended with {exitCode}: {(await RuntimeCommand.ReadAllAsync(errors.Ours)).Trim()}");
    }

    private SpawnedProcess Spawn(ConmonRequest request, SocketPair sync, SocketPair? start, SocketPair? ready, SocketPair errors)
    {
        List<KeyValuePair<int, SafeHandle>> descriptors = [new(2, errors.Theirs), new(SyncDescriptor, sync.Theirs)];
        List<string> environment = [.. RuntimeCommand.Environment, $"_OCI_SYNCPIPE={SyncDescriptor}"];
        if (start is not null && ready is not null)
        {
            descriptors.AddRange([new(StartDescriptor, start.Theirs), new(AttachDescriptor, ready.Theirs)]);
            environment.AddRange([$"_OCI_STARTPIPE={StartDescriptor}", $"_OCI_ATTACHPIPE={AttachDescriptor}"]);
        }
        SpawnedProcess parent = ProcessSpawner.Spawn(new SpawnRequest
        {
            Path = conmon.Value,
            Args = Arguments(request),
            Environment = environment,
            WorkingDirectory = request.Directory,
            Descriptors = descriptors,
        });
        foreach (SocketPair pair in new[] { sync, start, ready, errors }.OfType<SocketPair>())
            pair.Theirs.Dispose();
        return parent;
    }

    /// <summary>conmon waits twice on its start pipe: before it forks, and, once its attach socket listens, before it runs the command.</summary>
    private static async Task AttachFirstAsync(Socket start, Socket ready, Func<Task> attach)
    {
        byte[] one = [0];
        await start.SendAsync(one, CancellationToken.None);
        if (await ReadReplyAsync(ready) is null)
            return;
        await attach();
        await start.SendAsync(one, CancellationToken.None);
    }

    private static async Task<ConmonReply?> ReadReplyAsync(Socket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        while (length < buffer.Length)
        {
            int count = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (count == 0)
                break;
            length += count;
            int end = buffer.AsSpan(0, length).IndexOf((byte)'\n');
            if (end >= 0)
                return ConmonReply.Parse(buffer.AsSpan(0, end));
        }
        return null;
    }

    private List<string> Arguments(ConmonRequest request)
    {
        List<string> args =
        [
            conmon.Value, "--api-version", "--cid", request.ContainerId, "--cuuid", request.ContainerId, "--name", request.ContainerId,
            "--bundle", request.Directory, "--full-attach",
            "--runtime", request.Runtime.Path, "--runtime-arg", "--root", "--runtime-arg", request.Runtime.Root,
            "--container-pidfile", Path.Combine(request.Directory, "pid"), "--conmon-pidfile", Path.Combine(request.Directory, "conmon.pid"),
            "--exit-dir", request.ExitDirectory,
            "--log-path", request.LogPath is { } path ? "k8s-file:" + path : "none", "--no-sync-log",
        ];
        if (request.Terminal)
            args.Add("--terminal");
        if (request.OpenStdin)
            args.Add("--stdin");
        if (request.OpenStdin && request.LeaveStdinOpen)
            args.Add("--leave-stdin-open");
        if (request.ExecProcessFile is { } process)
            args.AddRange(["--exec", "--exec-process-spec", process]);
        if (request.ExecAttach)
            args.Add("--exec-attach");
        return args;
    }
}
