using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <content>Services start in parallel, each when the conditions of its dependencies hold.</content>
internal sealed partial class StackWork
{
    private async Task StartAsync(IReadOnlyList<ServicePlan> plans, bool noDependencies, bool wait)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(superseded);
        var started = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (ServicePlan plan in plans)
        {
            IReadOnlyDictionary<string, StackDependency> dependencies = noDependencies ? new Dictionary<string, StackDependency>() : DependencyGraph.Of(spec, plan.Service);
            started[plan.Service] = StartServiceAsync(plan, dependencies, started, wait, failed);
        }
        await AllAsync([.. started.Values]);
    }

    /// <summary>The first failure that is no consequence of another one is the operation's.</summary>
    private async Task AllAsync(IReadOnlyList<Task> tasks)
    {
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (Exception)
        {
            superseded.ThrowIfCancellationRequested();
            Exception[] failures = [.. tasks.Where(task => task.IsFaulted).Select(task => task.Exception!.GetBaseException())];
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.FirstOrDefault(failure => failure is not OperationCanceledException) ?? new OperationCanceledException());
        }
    }

    private async Task StartServiceAsync(ServicePlan plan, IReadOnlyDictionary<string, StackDependency> dependencies, Dictionary<string, Task> started, bool wait, CancellationTokenSource failed)
    {
        // The caller's loop goes on, so that services start in parallel.
        await Task.Yield();
        try
        {
            ContainerStep[] steps = [.. plan.Steps.Where(step => step is not ContainerStep.Remove)];
            if (steps.Any(step => step is not ContainerStep.Keep))
                await Task.WhenAll(dependencies.Select(entry => ConditionAsync(entry.Key, entry.Value, started, failed.Token)));
            failed.Token.ThrowIfCancellationRequested();
            await Task.WhenAll(steps.Select(step => StartOneAsync(plan.Service, step)));
            if (wait)
                await Task.WhenAll(Planner.Of(engine.Containers(spec.Name), plan.Service).Select(container => waits.RunningOrHealthyAsync(plan.Service, container, failed.Token)));
        }
        catch (Exception)
        {
            await failed.CancelAsync();
            throw;
        }
    }

    private async Task ConditionAsync(string dependency, StackDependency condition, Dictionary<string, Task> started, CancellationToken cancellationToken)
    {
        try
        {
            if (started.TryGetValue(dependency, out Task? task))
                await task.WaitAsync(cancellationToken);
            await waits.WaitAsync(dependency, condition, [.. Planner.Of(engine.Containers(spec.Name), dependency)], cancellationToken);
        }
        catch (EngineException exception) when (!condition.Required)
        {
            progress.Warning($"optional dependency \"{dependency}\" failed to start: {exception.Message}");
        }
    }

    private async Task StartOneAsync(string service, ContainerStep step)
    {
        if (step is ContainerStep.Keep)
        {
            progress.Container(service, step.Name, "Running");
            return;
        }
        // Created ones have an id only now; they are found by their name.
        ObservedContainer container = engine.Containers(spec.Name).FirstOrDefault(candidate => candidate.Name == step.Name)
            ?? throw EngineException.NotFound($"No such container: {step.Name}");
        progress.Container(service, step.Name, step is ContainerStep.Restart ? "Restarting" : "Starting");
        try
        {
            if (step is ContainerStep.Restart)
                await engine.RestartAsync(container.Id, null, CancellationToken.None);
            else
                await engine.StartAsync(container.Id, CancellationToken.None);
        }
        catch (EngineException exception)
        {
            progress.Container(service, step.Name, "Error", exception.Message);
            throw;
        }
        progress.Container(service, step.Name, "Started");
    }
}
