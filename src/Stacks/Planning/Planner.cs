using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>Desired state and observed state to a plan. A pure function: it asks nobody and changes nothing.</summary>
internal static partial class Planner
{
    /// <summary>The plan that makes the observed state the desired one.</summary>
    /// <exception cref="EngineException">The desired state cannot be reached; the text says why.</exception>
    internal static StackPlan Up(StackSpec spec, Observed observed, UpOptions options)
    {
        HashSet<string> selected = DependencyGraph.Selected(spec, options.Services, !options.NoDependencies);
        var services = new Dictionary<string, ServicePlan>(StringComparer.Ordinal);
        foreach (string name in DependencyGraph.Ordered(spec).Where(selected.Contains))
            services[name] = new ServicePlan(name, Steps(spec, name, observed, options, services));
        var warnings = new List<string>();
        return new StackPlan
        {
            Networks = Networks(spec, selected, observed),
            Volumes = Volumes(spec, selected, observed, warnings),
            Services = [.. services.Values],
            Orphans = Orphans(observed.Containers, spec.Services.Keys.Concat(options.KnownServices)),
            Warnings = warnings,
        };
    }

    /// <summary>
    /// After a start of the daemon: the containers of a stack that is up, and that ran or are meant to run always, are started.
    /// What the user stopped, and what ended by itself, is left alone.
    /// </summary>
    internal static IReadOnlyList<ServicePlan> Resume(StackSpec spec, IReadOnlyList<ObservedContainer> containers) =>
        [.. DependencyGraph.Ordered(spec).Select(name => new ServicePlan(name, [.. Of(containers, name).Select(Resumed)]))];

    /// <summary>Containers whose service nobody knows.</summary>
    internal static IReadOnlyList<ObservedContainer> Orphans(IEnumerable<ObservedContainer> containers, IEnumerable<string> known)
    {
        HashSet<string> names = [.. known];
        return [.. containers.Where(container => !container.IsOneOff && !names.Contains(container.Service))];
    }

    /// <summary>A service's containers, lowest number first.</summary>
    internal static IEnumerable<ObservedContainer> Of(IEnumerable<ObservedContainer> containers, string service) =>
        containers.Where(container => container.Service == service && !container.IsOneOff).OrderBy(container => container.Number);

    private static ContainerStep Resumed(ObservedContainer container)
    {
        // "always" starts with the daemon even what the user stopped; that is Docker's rule.
        bool wanted = container.Status == ObservedStatus.Exited
            && (container.RestartsAlways || (!container.StoppedByUser && (container.RestartsUnlessStopped || container.Lost)));
        return wanted ? new ContainerStep.Start(container.Name, container) : new ContainerStep.Keep(container.Name, container);
    }

    private static List<ContainerStep> Steps(StackSpec spec, string name, Observed observed, UpOptions options, Dictionary<string, ServicePlan> before)
    {
        var steps = new List<ContainerStep>();
        var fit = new SortedDictionary<int, ObservedContainer>();
        string hash = ConfigHash.Of(spec, name);
        foreach (IGrouping<int, ObservedContainer> group in Of(observed.Containers, name).GroupBy(container => container.Number))
        {
            ObservedContainer chosen = Chosen([.. group], hash);
            fit[group.Key] = chosen;
            // The others are what an interrupted replacement left over.
            steps.AddRange(group.Where(container => container != chosen).Select(container => new ContainerStep.Remove(container.Name, container)));
        }
        int wanted = spec.Services[name].WantedReplicas();
        foreach (ObservedContainer surplus in fit.Values.Skip(wanted).Reverse())
            steps.Add(new ContainerStep.Remove(surplus.Name, surplus));
        bool stale = MustFollow(spec, name, before);
        foreach (ObservedContainer container in fit.Values.Take(wanted))
            steps.Add(Judge(spec, name, container, hash, observed, options, before, stale));
        steps.AddRange(FreeNumbers(fit).Take(Math.Max(0, wanted - fit.Count)).Select(number => new ContainerStep.Create(ServiceNames.Container(spec, name, number), number)));
        return steps;
    }

    /// <summary>Of several containers with one number: the replacement when it fits, else the one that was there first.</summary>
    private static ObservedContainer Chosen(IReadOnlyList<ObservedContainer> group, string hash)
    {
        ObservedContainer? replacement = group.FirstOrDefault(container => group.Any(other => other.Id == container.Replaces));
        return replacement?.ConfigHash == hash ? replacement : group.First(container => group.Count == 1 || container != replacement);
    }

    private static ContainerStep Judge(
        StackSpec spec, string name, ObservedContainer container, string hash, Observed observed, UpOptions options, Dictionary<string, ServicePlan> before, bool stale)
    {
        string wantedName = ServiceNames.Container(spec, name, container.Number);
        bool forced = options.ForceRecreate && (options.Services.Count == 0 || options.Services.Contains(name));
        bool differs = container.ConfigHash != hash || (observed.Images.TryGetValue(name, out string? image) && image != container.ImageId);
        if (stale || (!options.NoRecreate && (forced || differs)))
            return new ContainerStep.Recreate(wantedName, container.Number, container);
        if (container.Name != wantedName && container.Replaces.Length > 0)
            return new ContainerStep.Rename(wantedName, container);
        if (container.Status is ObservedStatus.Created or ObservedStatus.Exited)
            return new ContainerStep.Start(container.Name, container);
        return MustRestart(spec, name, before) ? new ContainerStep.Restart(container.Name, container) : new ContainerStep.Keep(container.Name, container);
    }

    /// <summary>A container that shares a namespace with one that is replaced would be left with a dead one.</summary>
    private static bool MustFollow(StackSpec spec, string name, Dictionary<string, ServicePlan> before) =>
        DependencyGraph.SharedNamespaces(spec.Services[name]).Any(shared => before.TryGetValue(shared, out ServicePlan? plan) && plan.Steps.Any(step => step is ContainerStep.Recreate));

    private static bool MustRestart(StackSpec spec, string name, Dictionary<string, ServicePlan> before) =>
        spec.Services[name].DependsOn.Any(entry => entry.Value.Restart is true && before.TryGetValue(entry.Key, out ServicePlan? plan) && plan.Replaces);

    private static IEnumerable<int> FreeNumbers(SortedDictionary<int, ObservedContainer> taken)
    {
        for (int number = 1; ; number++)
        {
            if (!taken.ContainsKey(number))
                yield return number;
        }
    }
}
