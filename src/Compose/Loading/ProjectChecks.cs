using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>What must hold between the parts of a project; the words are Docker Compose's.</summary>
internal static class ProjectChecks
{
    internal static void Check(StackSpec spec, IReadOnlyDictionary<string, StackService> disabled)
    {
        foreach ((string name, StackService service) in spec.Services)
        {
            CheckResources(name, service, spec);
            CheckDependencies(name, service, spec, disabled);
        }
        CheckContainerNames(spec);
        CheckCycles(spec);
    }

    private static void CheckResources(string name, StackService service, StackSpec spec)
    {
        foreach (string network in service.Networks.Keys.Where(network => !spec.Networks.ContainsKey(network)))
            throw Undefined(name, "network", network);
        foreach (StackMount mount in service.Volumes.Where(mount => mount is { Type: "volume", Source: not null } && !spec.Volumes.ContainsKey(mount.Source)))
            throw Undefined(name, "volume", mount.Source!);
        foreach (StackFileReference secret in service.Secrets.Where(secret => !spec.Secrets.ContainsKey(secret.Source)))
            throw Undefined(name, "secret", secret.Source);
        foreach (StackFileReference config in service.Configs.Where(config => !spec.Configs.ContainsKey(config.Source)))
            throw Undefined(name, "config", config.Source);
    }

    private static void CheckDependencies(string name, StackService service, StackSpec spec, IReadOnlyDictionary<string, StackService> disabled)
    {
        foreach (string dependency in Dependencies(service))
        {
            if (disabled.TryGetValue(dependency, out StackService? off))
                throw new ComposeException($"service \"{dependency}\" is required by \"{name}\" but is disabled. Can be enabled by profiles [{string.Join(' ', off.Profiles)}]");
            bool required = !service.DependsOn.TryGetValue(dependency, out StackDependency? said) || said.Required;
            if (required && !spec.Services.ContainsKey(dependency))
                throw new ComposeException($"service \"{name}\" depends on undefined service \"{dependency}\": invalid compose project");
        }
    }

    private static void CheckContainerNames(StackSpec spec)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, StackService service) in spec.Services)
        {
            if (service.ContainerName is { } container && !owners.TryAdd(container, name))
                throw new ComposeException($"services.{name}: container name \"{container}\" is already in use by \"{owners[container]}\": invalid compose project");
        }
    }

    private static void CheckCycles(StackSpec spec)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in spec.Services.Keys)
            Visit(name, []);

        void Visit(string name, List<string> path)
        {
            if (path.Contains(name))
                throw new ComposeException("dependency cycle detected: " + string.Join(" -> ", [.. path.SkipWhile(step => step != name), name]));
            if (!spec.Services.TryGetValue(name, out StackService? service) || done.Contains(name))
                return;
            foreach (string dependency in Dependencies(service))
                Visit(dependency, [.. path, name]);
            done.Add(name);
        }
    }

    /// <summary>depends_on, and the services whose namespaces are joined.</summary>
    private static IEnumerable<string> Dependencies(StackService service) =>
        service.DependsOn.Keys.Concat(new[] { service.NetworkMode, service.Pid, service.Ipc }
            .Where(mode => mode?.StartsWith("service:", StringComparison.Ordinal) is true)
            .Select(mode => mode!["service:".Length..]));

    private static ComposeException Undefined(string service, string kind, string name) =>
        new($"service \"{service}\" refers to undefined {kind} {name}: invalid compose project");
}
