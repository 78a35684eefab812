using System.Security.Cryptography;
using System.Text.Json;
using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <content>Networks and volumes: which to create, and which are there but are somebody else's.</content>
internal static partial class Planner
{
    /// <summary>The fingerprint of a network's or volume's settings, kept in its label.</summary>
    internal static string HashOf<T>(T settings) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(settings, StackWire.Info<T>())));

    private static List<string> Networks(StackSpec spec, HashSet<string> selected, Observed observed)
    {
        var missing = new List<string>();
        HashSet<string> used = [.. selected.SelectMany(name => spec.Services[name].Networks.Keys)];
        foreach ((string key, StackNetwork network) in spec.Networks.Where(entry => used.Contains(entry.Key)))
        {
            ObservedResource? found = observed.Networks.FirstOrDefault(candidate => candidate.Name == network.Name);
            if (found is not null)
                CheckNetwork(spec, key, network, found);
            else if (network.External is true)
                throw EngineException.NotFound($"network {network.Name} declared as external, but could not be found");
            else
                missing.Add(key);
        }
        return missing;
    }

    private static void CheckNetwork(StackSpec spec, string key, StackNetwork network, ObservedResource found)
    {
        if (network.External is true)
            return;
        if (found.Label(ComposeLabels.Network) != key || found.Label(ComposeLabels.Project) != spec.Name)
            throw EngineException.Conflict($"network {network.Name} was found but has incorrect label {ComposeLabels.Network} set to \"{found.Label(ComposeLabels.Network)}\" (expected: \"{key}\")");
        if (found.Label(ComposeLabels.Settings) is { Length: > 0 } hash && hash != HashOf(network))
            throw EngineException.Conflict($"network {network.Name} exists with other settings than the compose file has: take the stack down first, then up again");
    }

    private static List<string> Volumes(StackSpec spec, HashSet<string> selected, Observed observed, List<string> warnings)
    {
        var missing = new List<string>();
        HashSet<string> used = [.. selected.SelectMany(name => spec.Services[name].Volumes).Where(mount => mount is { Type: "volume", Source: not null }).Select(mount => mount.Source!)];
        foreach ((string key, StackVolume volume) in spec.Volumes.Where(entry => used.Contains(entry.Key)))
        {
            ObservedResource? found = observed.Volumes.FirstOrDefault(candidate => candidate.Name == volume.Name);
            if (found is null && volume.External is true)
                throw EngineException.NotFound($"external volume \"{volume.Name}\" not found");
            if (found is null)
                missing.Add(key);
            else if (volume.External is not true)
                CheckVolume(spec, volume, found, warnings);
        }
        return missing;
    }

    private static void CheckVolume(StackSpec spec, StackVolume volume, ObservedResource found, List<string> warnings)
    {
        string project = found.Label(ComposeLabels.Project);
        if (project.Length == 0)
            warnings.Add($"volume \"{volume.Name}\" already exists but was not created by Docker Compose. Use `external: true` to use an existing volume");
        else if (project != spec.Name)
            warnings.Add($"volume \"{volume.Name}\" already exists but was created for project \"{project}\" (expected \"{spec.Name}\"). Use `external: true` to use an existing volume");
        else if (found.Label(ComposeLabels.Settings) is { Length: > 0 } hash && hash != HashOf(volume))
            throw EngineException.Conflict($"volume {volume.Name} exists with other settings than the compose file has: its data would be lost, so remove it yourself if that is what you want");
    }
}
