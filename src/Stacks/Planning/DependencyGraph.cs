using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>Who must come before whom.</summary>
internal static class DependencyGraph
{
    /// <summary>depends_on, and the services whose namespaces are joined; only those that the stack has.</summary>
    internal static IReadOnlyDictionary<string, StackDependency> Of(StackSpec spec, string name)
    {
        StackService service = spec.Services[name];
        var result = new Dictionary<string, StackDependency>(StringComparer.Ordinal);
        foreach ((string on, StackDependency dependency) in service.DependsOn.Where(entry => spec.Services.ContainsKey(entry.Key)))
            result[on] = dependency;
        foreach (string shared in SharedNamespaces(service).Where(spec.Services.ContainsKey))
            result.TryAdd(shared, new StackDependency { Condition = StackDependency.Started });
        return result;
    }

    /// <summary>The services that this one shares a namespace with: it cannot outlive their containers.</summary>
    internal static IEnumerable<string> SharedNamespaces(StackService service) =>
        new[] { service.NetworkMode, service.Pid, service.Ipc }
            .Where(mode => mode?.StartsWith("service:", StringComparison.Ordinal) is true)
            .Select(mode => mode!["service:".Length..]);

    /// <summary>The services, each after those that it depends on; otherwise as they were written.</summary>
    /// <exception cref="EngineException">They depend on each other in a circle.</exception>
    internal static IReadOnlyList<string> Ordered(StackSpec spec)
    {
        var ordered = new List<string>();
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in spec.Services.Keys)
            Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (ordered.Contains(name))
                return;
            if (!open.Add(name))
                throw EngineException.Invalid($"dependency cycle detected at service \"{name}\"");
            foreach (string dependency in Of(spec, name).Keys)
                Visit(dependency);
            ordered.Add(name);
        }
    }

    /// <summary>These services and, unless told otherwise, all that they depend on; none named is all.</summary>
    /// <exception cref="EngineException">There is no such service.</exception>
    internal static HashSet<string> Selected(StackSpec spec, IReadOnlyList<string> named, bool withDependencies)
    {
        if (named.Count == 0)
            return [.. spec.Services.Keys];
        var selected = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in named)
            Add(name);
        return selected;

        void Add(string name)
        {
            if (!spec.Services.ContainsKey(name))
                throw EngineException.NotFound($"no such service: {name}");
            if (!selected.Add(name) || !withDependencies)
                return;
            foreach (string dependency in Of(spec, name).Keys)
                Add(dependency);
        }
    }
}
