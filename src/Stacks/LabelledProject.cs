using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <summary>What a project's containers tell about it: enough to stop, start and remove one that this daemon keeps no record of.</summary>
internal static class LabelledProject
{
    internal static StackSpec Spec(string name, IReadOnlyList<ObservedContainer> containers)
    {
        var services = new Dictionary<string, StackService>(StringComparer.Ordinal);
        foreach (ObservedContainer container in containers.Where(container => !container.IsOneOff && container.Service.Length > 0))
            services[container.Service] = new StackService { DependsOn = DependsOn(container) };
        return new StackSpec { Name = name, Services = services };
    }

    /// <summary><c>db:service_healthy:false,cache:service_started:true</c>; old versions wrote names only.</summary>
    private static Dictionary<string, StackDependency> DependsOn(ObservedContainer container)
    {
        var result = new Dictionary<string, StackDependency>(StringComparer.Ordinal);
        foreach (string entry in container.Labels.GetValueOrDefault(ComposeLabels.DependsOn, "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = entry.Split(':');
            result[parts[0]] = new StackDependency { Condition = parts.Length > 1 ? parts[1] : StackDependency.Started, Restart = parts.Length > 2 && parts[2] == "true" };
        }
        return result;
    }
}
