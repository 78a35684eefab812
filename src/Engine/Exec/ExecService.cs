using System.Collections.Concurrent;
using System.Globalization;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Linux.Processes;
using Argosy.Runtime;
using Argosy.Runtime.Conmon;

namespace Argosy.Engine.Exec;

/// <summary>Processes beside the first one of a running container.</summary>
public sealed class ExecService(ContainerTable table, ContainerLifecycle lifecycle, ISnapshotter snapshots, OciRuntime runtime, SpecBuilder specs, ExitWatcher exits, ConmonWatch conmons, TimeProvider clock)
{
    /// <summary>An ended exec can be inspected for this long, as with dockerd.</summary>
    private static readonly TimeSpan KeepEnded = TimeSpan.FromMinutes(5);

    private const int KilledExitCode = 137;

    private readonly ConcurrentDictionary<string, ExecSession> sessions = new(StringComparer.Ordinal);

    /// <summary>Registers an exec; nothing runs yet.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when the container does not run or is paused.</exception>
    public ExecSession Create(string reference, ExecRequest request)
    {
        if (request.Command.Count == 0)
            throw EngineException.Invalid("No exec command specified");
        ContainerRecord container = table.Find(reference);
        CheckRunning(container);
        ForgetOld();
        var session = new ExecSession(RandomId.Next(), container.Id, request);
        sessions[session.Id] = session;
        lifecycle.Publish(container, "exec_create: " + string.Join(' ', request.Command), ("execID", session.Id));
        return session;
    }

    /// <summary>Looks one up.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>.</exception>
    public ExecSession Find(string id) =>
        sessions.TryGetValue(id, out ExecSession? session) ? session : throw EngineException.NotFound($"No such exec instance: {id}");

    /// <summary>The execs of a container that have not ended.</summary>
    public IReadOnlyList<string> IdsOf(ContainerId id) =>
        [.. sessions.Values.Where(session => session.Container == id && session.ExitCode is null).Select(session => session.Id)];

    /// <summary>What can be refused before the connection is taken over.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/>.</exception>
    public void CheckStartable(ExecSession session)
    {
        CheckRunning(table.Get(session.Container));
        if (session.ExitCode is not null)
            throw EngineException.Conflict($"exec instance {session.Id} has already run");
        if (session.Started)
            throw EngineException.Conflict($"exec instance {session.Id} is already running");
    }

    /// <summary>Starts the process.</summary>
    /// <param name="attach">Whether a client takes the streams.</param>
    /// <param name="size">The terminal's first size; null: as its creation said.</param>
    /// <returns>The streams; null when nobody attaches.</returns>
    public async Task<Attachment?> StartAsync(ExecSession session, bool attach, TerminalSize? size, CancellationToken cancellationToken)
    {
        using IDisposable held = await table.LockAsync(session.Container, cancellationToken);
        CheckStartable(session);
        ContainerRecord container = table.Get(session.Container);
        session.Started = true;
        try
        {
            ProcessSpec process = specs.Exec(container, snapshots.Mount(container.Id.Value), size is null ? session.Request : session.Request with { ConsoleSize = size });
            session.Running = true;
            session.Pid = await runtime.StartExecAsync(Describe(container, session, process, attach), CancellationToken.None);
            await SetSizeAsync(session, process);
        }
        catch (RuntimeException exception)
        {
            session.SetEnded(exception.SuggestedExitCode, clock.GetUtcNow());
            throw new EngineException(exception.Kind, exception.Message, exception);
        }
        catch (EngineException)
        {
            session.SetEnded(126, clock.GetUtcNow());
            throw;
        }
        ProcessIdentity? leader = ProcessIdentity.TryRead(session.Pid, out ProcessIdentity started) ? started : null;
        conmons.BeginExec(container.Id, session.Id, () => _ = OnConmonGoneAsync(session, leader));
        lifecycle.Publish(container, "exec_start: " + string.Join(' ', session.Request.Command), ("execID", session.Id));
        return attach ? await runtime.AttachAsync(container.Id, session.Id, CancellationToken.None) : null;
    }

    /// <summary>crun 1.8 gives an exec's terminal no size; as with a client's own resize, the process may have looked already.</summary>
    private async Task SetSizeAsync(ExecSession session, ProcessSpec process)
    {
        if (process is not { Terminal: true, ConsoleSize: { } size })
            return;
        try
        {
            await runtime.ResizeAsync(session.Container, session.Id, size.Rows, size.Columns, CancellationToken.None);
        }
        catch (EngineException exception) when (exception.Kind == ErrorKind.Conflict)
        {
            // It has ended: nobody looks at its terminal any more.
        }
    }

    /// <summary>A client has typed the detach keys; the process goes on.</summary>
    public void Detached(ExecSession session)
    {
        if (table.TryGet(session.Container, out ContainerRecord? container))
            lifecycle.Publish(container, "exec_detach", ("execID", session.Id));
    }

    /// <summary>Sets the terminal's size of a running exec.</summary>
    public Task ResizeAsync(ExecSession session, ushort rows, ushort columns, CancellationToken cancellationToken) =>
        session.Running ? runtime.ResizeAsync(session.Container, session.Id, rows, columns, cancellationToken)
            : throw EngineException.Conflict($"exec {session.Id} is not running");

    /// <summary>
    /// Under the container's lock, as the start is: a process that ends at once must not be forgotten between its start and the moment
    /// its client takes the streams.
    /// </summary>
    internal async Task OnExitAsync(ContainerExit exit)
    {
        using IDisposable held = await table.LockAsync(exit.Id);
        runtime.ForgetExec(exit.Id, exit.ExecId!);
        conmons.End(exit.Id, exit.ExecId!);
        if (!sessions.TryGetValue(exit.ExecId!, out ExecSession? session) || session.ExitCode is not null)
            return;
        session.SetEnded(exit.ExitCode, exit.At);
        if (table.TryGet(exit.Id, out ContainerRecord? container))
            lifecycle.Publish(container, "exec_die", ("execID", session.Id), ("exitCode", exit.ExitCode.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The usual case is that it wrote its exit file before. If not it was killed: nobody will see the process's end, so it is made here.</summary>
    private async Task OnConmonGoneAsync(ExecSession session, ProcessIdentity? leader)
    {
        using (await table.LockAsync(session.Container))
        {
            if (session.ExitCode is not null || exits.TryReadExec(session.Container, session.Id) is not null)
                return;
            if (leader is { } orphan)
                Linux.Processes.Signals.Send(orphan, Containers.Signals.Kill);
        }
        await OnExitAsync(new ContainerExit(session.Container, session.Id, KilledExitCode, clock.GetUtcNow(), OomKilled: false));
    }

    /// <summary>The container has ended, and its execs with it; a report of their own may never come.</summary>
    internal void OnContainerEnded(ContainerId id)
    {
        foreach (ExecSession session in sessions.Values)
        {
            if (session.Container == id && session.ExitCode is null)
                session.SetEnded(KilledExitCode, clock.GetUtcNow());
        }
    }

    private static ExecSpec Describe(ContainerRecord container, ExecSession session, ProcessSpec process, bool attach) => new()
    {
        Container = container.Id,
        ExecId = session.Id,
        Process = process,
        OpenStdin = attach && session.Request.AttachStdin,
        Attach = attach,
        Runtime = container.Host.Runtime.Length > 0 ? container.Host.Runtime : null,
    };

    private static void CheckRunning(ContainerRecord container)
    {
        if (container.State.Status == ContainerStatus.Paused)
            throw EngineException.Conflict($"container {container.Id} is paused, unpause the container before exec");
        if (container.State.Status == ContainerStatus.Restarting)
            throw EngineException.Conflict($"container {container.Id} is restarting, wait until the container is running");
        if (container.State.Status != ContainerStatus.Running)
            throw EngineException.Conflict($"container {container.Id} is not running");
    }

    private void ForgetOld()
    {
        DateTimeOffset limit = clock.GetUtcNow() - KeepEnded;
        foreach (ExecSession session in sessions.Values)
        {
            if (session.EndedAt < limit)
                sessions.TryRemove(session.Id, out _);
        }
    }
}
