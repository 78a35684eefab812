using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>What any client's specification must satisfy: the daemon does not trust that it came out of a compose file.</summary>
internal static class StackChecks
{
    internal static void Check(StackSpec spec)
    {
        if (!IsProjectName(spec.Name))
            throw EngineException.Invalid($"invalid project name \"{spec.Name}\": must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number");
        if (spec.Services.Count == 0)
            throw EngineException.Invalid("no service selected");
        foreach ((string name, StackService service) in spec.Services)
            Check(spec, name, service);
    }

    private static void Check(StackSpec spec, string name, StackService service)
    {
        Require(service.Image is not null || service.Build is not null, name, "has neither an image nor a build context specified");
        Require(service.WantedReplicas() is >= 0 and <= 1000, name, "the number of replicas must be between 0 and 1000");
        Require(service.ContainerName is null || service.WantedReplicas() <= 1, name, "can't set container_name and scale to more than one");
        foreach (string network in service.Networks.Keys)
            Require(spec.Networks.ContainsKey(network), name, $"refers to undefined network {network}");
        foreach (StackMount mount in service.Volumes)
            CheckMount(spec, name, mount);
        foreach (StackFileReference secret in service.Secrets)
            Require(spec.Secrets.ContainsKey(secret.Source), name, $"refers to undefined secret {secret.Source}");
        foreach (StackFileReference config in service.Configs)
            Require(spec.Configs.ContainsKey(config.Source), name, $"refers to undefined config {config.Source}");
        foreach ((string dependency, StackDependency condition) in service.DependsOn)
            Require(!condition.Required || spec.Services.ContainsKey(dependency), name, $"depends on undefined service \"{dependency}\"");
        foreach (StackFile file in spec.Secrets.Values.Concat(spec.Configs.Values))
            Require(file.Content is not null || (file.File?.StartsWith('/') ?? false), name, $"secret or config {file.Name} has neither an absolute file nor content");
    }

    private static void CheckMount(StackSpec spec, string name, StackMount mount)
    {
        Require(mount.Type is "bind" or "volume" or "tmpfs" or "image", name, $"mount type \"{mount.Type}\" is not supported");
        Require(mount is not { Type: "image", Source: null or "" }, name, "mounts an image without a name");
        Require(mount.Type != "bind" || (mount.Source?.StartsWith('/') ?? false), name, $"invalid volume specification: '{mount.Source}': a bind mount's source must be absolute");
        Require(mount.Type != "volume" || mount.Source is null || spec.Volumes.ContainsKey(mount.Source), name, $"refers to undefined volume {mount.Source}");
    }

    private static void Require(bool holds, string service, string message)
    {
        if (!holds)
            throw EngineException.Invalid($"service \"{service}\" {message}: invalid compose project");
    }

    private static bool IsProjectName(string name) =>
        name.Length > 0 && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0])) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
}
