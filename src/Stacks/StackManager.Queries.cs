using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <content>Reading.</content>
public sealed partial class StackManager
{
    /// <summary>All stacks, and all projects that only their containers tell of, by name.</summary>
    public IReadOnlyList<StackSummary> List()
    {
        ILookup<string, ObservedContainer> byProject = engine.AllContainers().Where(container => !container.IsOneOff).ToLookup(container => container.Project);
        IEnumerable<string> names = records.All.Select(record => record.Spec.Name).Concat(byProject.Select(group => group.Key));
        return [.. names.Distinct().Order(StringComparer.Ordinal).Select(name => Summary(name, [.. byProject[name]]))];
    }

    /// <summary>One stack, without the content of its secrets.</summary>
    /// <exception cref="EngineException">There is no such stack.</exception>
    public StackDetail Get(string name)
    {
        if (!records.TryGet(name, out StackRecord? record))
            throw EngineException.NotFound($"no such stack: {name}");
        return new StackDetail
        {
            Name = name,
            Goal = GoalText(record.Goal),
            Busy = jobs.IsBusy(name),
            LastError = record.LastError,
            Spec = record.Spec with { Secrets = record.Spec.Secrets.ToDictionary(entry => entry.Key, entry => entry.Value with { Content = null }) },
        };
    }

    private StackSummary Summary(string name, IReadOnlyList<ObservedContainer> containers)
    {
        records.TryGet(name, out StackRecord? record);
        string? files = containers.Select(container => container.Labels.GetValueOrDefault(ComposeLabels.ConfigFiles)).FirstOrDefault(label => !string.IsNullOrEmpty(label));
        return new StackSummary
        {
            Name = name,
            Status = string.Join(", ", containers.GroupBy(container => container.Status.ToString().ToLowerInvariant()).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}({group.Count()})")),
            Goal = record is null ? null : GoalText(record.Goal),
            ConfigFiles = record?.Spec.ConfigFiles ?? files?.Split(',') ?? [],
        };
    }

    private static string GoalText(StackGoal goal) => goal == StackGoal.Up ? "up" : "stopped";
}
