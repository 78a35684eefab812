using System.Text.Json;
using Argosy.Core;
using Argosy.Runtime.Conmon;
using Argosy.Runtime.Oci;

namespace Argosy.Runtime;

public sealed partial class OciRuntime
{
    /// <summary>Starts a process in a running container.</summary>
    /// <returns>Its pid on the host.</returns>
    /// <exception cref="RuntimeException">The command was not found or cannot be executed.</exception>
    public async Task<int> StartExecAsync(ExecSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Bundle bundle = Bundle(spec.Container);
        RuntimeBinary runtime = RuntimeOf(bundle);
        string directory = bundle.ExecDirectory(spec.ExecId);
        await using var undo = new Rollback();
        undo.Add(async () =>
        {
            ForgetExec(spec.Container, spec.ExecId);
            if (early.TryRemove((spec.Container, spec.ExecId), out Attachment? unused))
                await unused.DisposeAsync();
        });
        string processFile = Path.Combine(directory, "process.json");
        CreatePrivate(directory);
        using ConmonLaunch launch = conmon.Begin(new ConmonRequest
        {
            ContainerId = spec.Container.Value,
            Directory = directory,
            Runtime = runtime,
            ExitDirectory = directory,
            Terminal = spec.Process.Terminal,
            OpenStdin = spec.OpenStdin,
            ExecProcessFile = processFile,
            ExecAttach = spec.Attach,
        });
        WriteExec(spec, directory, processFile);
        exits.WatchExec(spec.Container, spec.ExecId);
        ConmonReply reply = await launch.RunAsync(
            async () => early[(spec.Container, spec.ExecId)] = await Attachment.ConnectAsync(directory, attachPatience, CancellationToken.None));
        if (reply.Data <= 0)
            throw RuntimeFailure.DescribeExec(reply.Message ?? "", spec.Process.Args);
        undo.Commit();
        return reply.Data;
    }

    /// <summary>
    /// Removes what is left of an ended exec; call it when its exit has been recorded. Its streams stay for who is about to take them:
    /// a short command may end before <see cref="AttachAsync"/> is called.
    /// </summary>
    public void ForgetExec(ContainerId id, string execId)
    {
        exits.UnwatchExec(id, execId);
        string directory = Bundle(id).ExecDirectory(execId);
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    /// <summary>Connects to the streams of a created or running container (or exec).</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when it does not run.</exception>
    public async Task<Attachment> AttachAsync(ContainerId id, string? execId, CancellationToken cancellationToken)
    {
        if (execId is not null && early.TryRemove((id, execId), out Attachment? attachment))
            return attachment;
        string directory = execId is null ? Bundle(id).Directory : Bundle(id).ExecDirectory(execId);
        if (!Directory.Exists(directory))
            throw NotRunning(id);
        return await Attachment.ConnectAsync(directory, attachPatience, cancellationToken);
    }

    /// <summary>Sets the terminal's size.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when it does not run.</exception>
    public async Task ResizeAsync(ContainerId id, string? execId, ushort rows, ushort columns, CancellationToken cancellationToken)
    {
        string directory = execId is null ? Bundle(id).Directory : Bundle(id).ExecDirectory(execId);
        string fifo = Path.Combine(directory, "ctl");
        if (!File.Exists(fifo))
            throw NotRunning(id);
        // conmon's control message 1: the terminal's new size. It holds a writer itself, so that opening does not block while it lives.
        using var stream = new FileStream(Linux.Processes.Fifo.OpenForWriting(fifo) ?? throw NotRunning(id), FileAccess.Write, bufferSize: 0);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"1 {rows} {columns}\n"), cancellationToken);
    }

    private static void WriteExec(ExecSpec spec, string directory, string processFile)
    {
        using (var id = new FileStream(Path.Combine(directory, "id"), FileMode.Create, FileAccess.Write))
            id.Write(System.Text.Encoding.ASCII.GetBytes(spec.ExecId));
        using var process = new FileStream(processFile, FileMode.Create, FileAccess.Write);
        JsonSerializer.Serialize(process, OciSpecBuilder.Process(spec.Process), OciJson.Default.OciProcess);
    }
}
