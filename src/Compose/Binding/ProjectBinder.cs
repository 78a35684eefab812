using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>A merged, canonical project to a <see cref="StackSpec"/>.</summary>
internal static class ProjectBinder
{
    private const string DefaultNetwork = "default";

    internal static StackSpec Bind(MappingNode root, BindingContext context)
    {
        MapReader project = MapReader.Of(root, "");
        IReadOnlyDictionary<string, StackService> services = project.Map("services", (node, path) => ServiceBinder.Bind(node, path, context));
        if (services.Count == 0)
            throw new ComposeException($"{root.At.File}: no service: a compose file needs at least one entry below 'services'");
        foreach (string name in services.Keys.Where(name => !IsName(name)))
            throw project.Error("services", $"invalid service name \"{name}\": only letters, digits, '.', '_' and '-' are allowed");
        return new StackSpec
        {
            Name = context.ProjectName,
            Services = Transform(services, WithDefaultNetwork),
            Networks = Networks(project, context),
            Volumes = project.Map("volumes", (node, path) => ResourceBinder.Volume(node, KeyOf(path), path, context)),
            Secrets = project.Map("secrets", (node, path) => ResourceBinder.ProjectFile(node, KeyOf(path), path, context, mayHaveContent: false)),
            Configs = project.Map("configs", (node, path) => ResourceBinder.ProjectFile(node, KeyOf(path), path, context, mayHaveContent: true)),
        };
    }

    /// <summary>Only what an active service uses is created, as Docker Compose does.</summary>
    internal static StackSpec WithoutUnused(StackSpec spec)
    {
        HashSet<string> networks = [.. spec.Services.Values.SelectMany(service => service.Networks.Keys)];
        HashSet<string> volumes = [.. spec.Services.Values.SelectMany(service => service.Volumes).Where(mount => mount.Type == "volume").Select(mount => mount.Source ?? "")];
        HashSet<string> secrets = [.. spec.Services.Values.SelectMany(service => service.Secrets).Select(secret => secret.Source)];
        HashSet<string> configs = [.. spec.Services.Values.SelectMany(service => service.Configs).Select(config => config.Source)];
        return spec with
        {
            Networks = Only(spec.Networks, networks),
            Volumes = Only(spec.Volumes, volumes),
            Secrets = Only(spec.Secrets, secrets),
            Configs = Only(spec.Configs, configs),
        };
    }

    private static OrderedDictionary<string, StackNetwork> Networks(MapReader project, BindingContext context)
    {
        var networks = new OrderedDictionary<string, StackNetwork>(StringComparer.Ordinal);
        foreach ((string key, StackNetwork network) in project.Map("networks", (node, path) => ResourceBinder.Network(node, KeyOf(path), path, context)))
            networks[key] = network;
        networks.TryAdd(DefaultNetwork, new StackNetwork { Name = $"{context.ProjectName}_{DefaultNetwork}" });
        return networks;
    }

    private static StackService WithDefaultNetwork(StackService service) => service.NetworkMode is null && service.Networks.Count == 0
        ? service with { Networks = new Dictionary<string, StackServiceNetwork?> { [DefaultNetwork] = null } }
        : service;

    private static OrderedDictionary<string, T> Only<T>(IReadOnlyDictionary<string, T> all, HashSet<string> used)
    {
        var result = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach ((string key, T value) in all.Where(entry => used.Contains(entry.Key)))
            result[key] = value;
        return result;
    }

    private static OrderedDictionary<string, T> Transform<T>(IReadOnlyDictionary<string, T> all, Func<T, T> change)
    {
        var result = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach ((string key, T value) in all)
            result[key] = change(value);
        return result;
    }

    private static string KeyOf(string path) => path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
