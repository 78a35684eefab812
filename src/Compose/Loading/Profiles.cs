using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>Which services are wanted: those without profiles, those of an active profile, and those named by the user.</summary>
internal static class Profiles
{
    internal static (StackSpec Active, IReadOnlyDictionary<string, StackService> Disabled) Apply(StackSpec spec, IReadOnlyCollection<string> profiles, IReadOnlyCollection<string> named)
    {
        // Naming a service activates its profiles, so that what it shares a profile with can start too.
        HashSet<string> active = [.. profiles, .. named.Where(spec.Services.ContainsKey).SelectMany(name => spec.Services[name].Profiles)];
        var enabled = new OrderedDictionary<string, StackService>(StringComparer.Ordinal);
        var disabled = new OrderedDictionary<string, StackService>(StringComparer.Ordinal);
        foreach ((string name, StackService service) in spec.Services)
            (IsActive(service, active) ? enabled : disabled)[name] = service;
        return (spec with { Services = WithoutDisabledOptional(enabled, disabled) }, disabled);
    }

    private static bool IsActive(StackService service, HashSet<string> active) =>
        service.Profiles.Count == 0 || active.Contains("*") || service.Profiles.Any(active.Contains);

    private static OrderedDictionary<string, StackService> WithoutDisabledOptional(OrderedDictionary<string, StackService> enabled, OrderedDictionary<string, StackService> disabled)
    {
        var result = new OrderedDictionary<string, StackService>(StringComparer.Ordinal);
        foreach ((string name, StackService service) in enabled)
        {
            bool Keep(KeyValuePair<string, StackDependency> entry) => entry.Value.Required || !disabled.ContainsKey(entry.Key);
            result[name] = service.DependsOn.All(Keep) ? service : service with { DependsOn = service.DependsOn.Where(Keep).ToDictionary() };
        }
        return result;
    }
}
