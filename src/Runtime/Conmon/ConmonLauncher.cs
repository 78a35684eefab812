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

    /// <summary>
    /// Starts conmon, which loads and then waits for <see cref="ConmonLaunch.RunAsync"/>: loading takes it a few milliseconds that need
    /// nothing of what is still to be prepared.
    /// </summary>
    public ConmonLaunch Begin(ConmonRequest request)
    {
        var sync = SocketPair.Create();
        var start = SocketPair.Create();
        var errors = SocketPair.Create();
        SocketPair? ready = request.ExecAttach ? SocketPair.Create() : null;
        List<KeyValuePair<int, SafeHandle>> descriptors = [new(2, errors.Theirs), new(SyncDescriptor, sync.Theirs), new(StartDescriptor, start.Theirs)];
        List<string> environment = [.. RuntimeCommand.Environment, $"_OCI_SYNCPIPE={SyncDescriptor}", $"_OCI_STARTPIPE={StartDescriptor}"];
        if (ready is not null)
        {
            descriptors.Add(new(AttachDescriptor, ready.Theirs));
            environment.Add($"_OCI_ATTACHPIPE={AttachDescriptor}");
        }
        SpawnedProcess parent = ProcessSpawner.Spawn(new SpawnRequest
        {
            Path = conmon.Value,
            Args = Arguments(request),
            Environment = environment,
            WorkingDirectory = request.Directory,
            Descriptors = descriptors,
        });
        foreach (SocketPair pair in new[] { sync, start, errors, ready }.OfType<SocketPair>())
            pair.Theirs.Dispose();
        return new ConmonLaunch(parent, sync, start, errors, ready);
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
