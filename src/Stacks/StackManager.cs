using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>
/// The stacks of this daemon: desired state is committed first, then work begins, and it goes on without its client.
/// Projects that Docker Compose made are known by their containers' labels and can be stopped, started and taken down too.
/// </summary>
public sealed partial class StackManager(StackTable records, IStackEngine engine, StackFiles files, StackJobs jobs)
{
    /// <summary>Stores the desired state and brings it up.</summary>
    /// <exception cref="EngineException">The specification is not usable.</exception>
    public StackJob Up(StackSpec spec, UpOptions options)
    {
        StackChecks.Check(spec);
        DependencyGraph.Ordered(spec);
        DependencyGraph.Selected(spec, options.Services, withDependencies: true);
        return Begin(spec.Name, "up", supersedes: true, async (progress, superseded) =>
        {
            await records.PutAsync(new StackRecord { Spec = spec, Goal = StackGoal.Up, PendingUp = options });
            await Work(spec, progress, superseded).UpAsync(options);
            await records.PutAsync(new StackRecord { Spec = spec, Goal = StackGoal.Up });
        });
    }

    /// <summary>Takes a stack down; one that is not there is taken down already.</summary>
    public StackJob Down(string name, DownOptions options) => Begin(name, "down", supersedes: true, async (progress, superseded) =>
    {
        bool whole = options.Services.Count == 0;
        StackSpec spec = SpecOf(name);
        if (whole && records.TryGet(name, out StackRecord? record))
            await records.PutAsync(record with { PendingUp = null, PendingDown = options });
        await Work(spec, progress, superseded).DownAsync(options);
        if (whole)
            await records.DeleteAsync(name);
    });

    /// <summary>Stops services, or with none named the whole stack, which then rests until it is started.</summary>
    public StackJob Stop(string name, IReadOnlyList<string> services, int? timeoutSeconds)
    {
        StackSpec spec = Existing(name, services);
        return Begin(name, "stop", supersedes: services.Count == 0, async (progress, superseded) =>
        {
            await SetGoalAsync(name, services, StackGoal.Stopped);
            await Work(spec, progress, superseded).StopAsync(services, timeoutSeconds);
        });
    }

    /// <summary>Starts the containers that there are, in order of dependency.</summary>
    public StackJob Start(string name, IReadOnlyList<string> services)
    {
        StackSpec spec = Existing(name, services);
        return Begin(name, "start", supersedes: false, async (progress, superseded) =>
        {
            await SetGoalAsync(name, services, StackGoal.Up);
            await Work(spec, progress, superseded).StartExistingAsync(services);
        });
    }

    /// <summary>Restarts services, or all.</summary>
    public StackJob Restart(string name, IReadOnlyList<string> services, int? timeoutSeconds)
    {
        StackSpec spec = Existing(name, services);
        return Begin(name, "restart", supersedes: false, (progress, superseded) => Work(spec, progress, superseded).RestartAsync(services, timeoutSeconds));
    }

    /// <summary>After a start of the daemon: goes on with what was under way, and starts what was up.</summary>
    public IReadOnlyList<StackJob> ResumeAll() => [.. records.All.Select(Resume).OfType<StackJob>()];

    private StackJob? Resume(StackRecord record)
    {
        if (record.PendingDown is { } down)
            return Down(record.Spec.Name, down);
        if (record.PendingUp is { } up)
            return Up(record.Spec, up);
        return record.Goal == StackGoal.Up
            ? Begin(record.Spec.Name, "resume", supersedes: false, (progress, superseded) => Work(record.Spec, progress, superseded).ResumeAsync())
            : null;
    }

    private StackJob Begin(string name, string verb, bool supersedes, Func<ProgressLog, CancellationToken, Task> work) =>
        jobs.Begin(name, verb, supersedes, work, reason => records.TryGet(name, out StackRecord? record)
            ? records.PutAsync(record with { PendingUp = null, PendingDown = null, LastError = reason })
            : Task.CompletedTask);

    private StackWork Work(StackSpec spec, ProgressLog progress, CancellationToken superseded) => new(spec, engine, files, progress, superseded);

    private Task SetGoalAsync(string name, IReadOnlyList<string> services, StackGoal goal) => services.Count == 0 && records.TryGet(name, out StackRecord? record)
        ? records.PutAsync(record with { Goal = goal, PendingUp = null })
        : Task.CompletedTask;

    private StackSpec Existing(string name, IReadOnlyList<string> services)
    {
        if (!records.TryGet(name, out _) && engine.Containers(name).Count == 0)
            throw EngineException.NotFound($"no such stack: {name}");
        StackSpec spec = SpecOf(name);
        DependencyGraph.Selected(spec, services, withDependencies: false);
        return spec;
    }

    private StackSpec SpecOf(string name) => records.TryGet(name, out StackRecord? record) ? record.Spec : LabelledProject.Spec(name, engine.Containers(name));
}
