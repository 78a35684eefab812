using System.Text.Json;
using Argosy.Core;
using Argosy.Linux.Processes;
using Argosy.Runtime.Conmon;
using Argosy.Runtime.Oci;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Runtime;

public sealed partial class OciRuntime
{
    /// <summary>
    /// Begins a creation with what is known first: conmon loads while the rest is made. Dispose what this gives before what it made is
    /// undone with <see cref="DeleteAsync"/>.
    /// </summary>
    public PendingContainer Prepare(ContainerStreams streams)
    {
        RuntimeBinary runtime = runtimes.Resolve(streams.Runtime);
        Bundle bundle = Bundle(streams.Id);
        CreatePrivate(bundle.Directory);
        CreatePrivate(paths.Exits);
        CreatePrivate(runtime.Root);
        // The exit of an earlier run of the same container must not be taken for this one's.
        File.Delete(bundle.ExitFile);
        bundle.Runtime = runtime.Path;
        ConmonLaunch launch = conmon.Begin(new ConmonRequest
        {
            ContainerId = streams.Id.Value,
            Directory = bundle.Directory,
            Runtime = runtime,
            ExitDirectory = paths.Exits,
            Terminal = streams.Terminal,
            OpenStdin = streams.OpenStdin,
            // A terminal outlives every client of it: whoever attaches after one that has detached types on.
            LeaveStdinOpen = !streams.StdinOnce || streams.Terminal,
            LogPath = streams.LogPath,
        });
        return new PendingContainer(streams, runtime, launch);
    }

    /// <summary>Creates the container: when this returns, its first process exists and waits for <see cref="StartAsync"/>, and its streams can be attached to.</summary>
    /// <returns>The first process's pid.</returns>
    /// <exception cref="RuntimeException">The runtime refused; nothing is left behind.</exception>
    public async Task<int> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var undo = new Rollback();
        undo.Add(() => DeleteAsync(spec.Id));
        using PendingContainer pending = Prepare(spec.Streams);
        int pid = await CreateAsync(spec, pending);
        undo.Commit();
        return pid;
    }

    /// <summary>Completes a creation; undo a failed one with <see cref="DeleteAsync"/>. It ends one way or the other within milliseconds.</summary>
    /// <param name="spec">All of it; its <see cref="ContainerSpec.Streams"/> are those that it began with.</param>
    /// <returns>The first process's pid.</returns>
    /// <exception cref="RuntimeException">The runtime refused.</exception>
    public async Task<int> CreateAsync(ContainerSpec spec, PendingContainer pending)
    {
        if (spec.Streams != pending.Streams)
            throw new InvalidOperationException($"container {spec.Id} was begun as {pending.Streams} and is {spec.Streams}");
        Bundle bundle = Bundle(spec.Id);
        SeccompFilter? filter = specs.Filter(spec);
        WriteConfig(bundle, spec, pending.Runtime, filter);
        ConmonReply reply = await pending.Launch.RunAsync();
        if (reply.Data <= 0)
            throw RuntimeFailure.Describe(reply.Message ?? "", spec.Process.Args);
        if (pending.Runtime.IsCrun)
            filter?.Learn(pending.Runtime.StateDirectory(spec.Id.Value));
        if (ProcessIdentity.TryRead(reply.Data, out ProcessIdentity init))
            bundle.Init = init;
        return reply.Data;
    }

    /// <summary>Lets a created container's first process run.</summary>
    /// <exception cref="RuntimeException">The command was not found or cannot be executed.</exception>
    public async Task StartAsync(ContainerId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RuntimeBinary runtime = RuntimeOf(Bundle(id));
        if (runtime.IsCrun && TryRelease(runtime.StartFifo(id.Value)))
            return;
        (int exitCode, string output) = await RuntimeCommand.RunAsync(runtime, "start", id.Value);
        if (exitCode != 0)
            throw RuntimeFailure.Describe(output, []);
    }

    /// <summary>
    /// What <c>crun start</c> does where there are no hooks and no notify socket (ours have neither): a byte for the process that reads
    /// the fifo, and the fifo goes. The byte first: a crash in between leaves a start that recovery undoes, not one that never happens.
    /// </summary>
    /// <returns>False when nobody reads: the runtime then says why.</returns>
    private static bool TryRelease(string fifo)
    {
        SafeFileHandle? writer = Fifo.OpenForWriting(fifo);
        if (writer is null)
            return false;
        using (var stream = new FileStream(writer, FileAccess.Write, bufferSize: 0))
            stream.WriteByte(0);
        File.Delete(fifo);
        return true;
    }

    private void WriteConfig(Bundle bundle, ContainerSpec spec, RuntimeBinary runtime, SeccompFilter? filter)
    {
        bundle.CgroupPath = specs.CgroupPath(spec);
        using var config = new FileStream(bundle.ConfigFile, FileMode.Create, FileAccess.Write);
        JsonSerializer.Serialize(config, specs.Build(spec, runtime, filter), OciJson.Default.OciSpec);
    }

    private static void CreatePrivate(string directory) =>
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
