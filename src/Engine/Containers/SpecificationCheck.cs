using System.Text.RegularExpressions;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Logs;

namespace Argosy.Engine.Containers;

/// <summary>What dockerd refuses at creation, with its words.</summary>
internal static partial class SpecificationCheck
{
    internal static void Check(ContainerSpecification asked)
    {
        CheckName(asked.Name);
        HostSettings host = asked.Host;
        if (host.AutoRemove && host.RestartPolicy.Mode != RestartMode.No)
            throw EngineException.Invalid("can't create 'AutoRemove' container with restart policy");
        if (host.RestartPolicy.MaximumRetryCount < 0)
            throw EngineException.Invalid("invalid restart policy: maximum retry count cannot be negative");
        if (host.RestartPolicy.MaximumRetryCount > 0 && host.RestartPolicy.Mode != RestartMode.OnFailure)
            throw EngineException.Invalid("invalid restart policy: maximum retry count can only be used with 'on-failure'");
        if (asked.Config.WorkingDir is { Length: > 0 } directory && directory[0] != '/')
            throw EngineException.Invalid($"the working directory '{directory}' is invalid, it needs to be an absolute path");
        if (host.Resources.Memory is > 0 and < 6 * 1024 * 1024)
            throw EngineException.Invalid("Minimum memory limit allowed is 6MB");
        LogSettings.CheckNames(host);
        if (asked.Config.StopSignal is { Length: > 0 } signal)
            Signals.Parse(signal);
        CheckNetworkMode(asked);
        ConfigMerger.Check(asked.Config.Healthcheck);
        foreach (string entry in asked.Config.Env)
        {
            if (entry.Length == 0 || entry[0] == '=')
                throw EngineException.Invalid($"invalid environment variable: {entry}");
        }
        CheckMounts(asked.Mounts);
    }

    internal static void CheckName(string? name)
    {
        if (name is not null && !NameGrammar().IsMatch(name))
            throw EngineException.Invalid($"Invalid container name ({name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
    }

    private static void CheckNetworkMode(ContainerSpecification asked)
    {
        string mode = asked.Host.NetworkMode;
        if (!mode.StartsWith("container:", StringComparison.Ordinal))
            return;
        if (asked.Config.Hostname.Length > 0)
            throw EngineException.Invalid("conflicting options: hostname and the network mode");
        if (asked.Host.PortBindings.Count > 0 || asked.Host.PublishAllPorts)
            throw EngineException.Invalid("conflicting options: port publishing and the container type network mode");
        if (asked.Host.Dns.Count > 0)
            throw EngineException.Invalid("conflicting options: dns and the network mode");
    }

    private static void CheckMounts(IReadOnlyList<MountPoint> mounts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (MountPoint mount in mounts)
        {
            if (!mount.Destination.StartsWith('/'))
                throw EngineException.Invalid($"invalid mount config for type \"{mount.Kind.ToString().ToLowerInvariant()}\": invalid mount path: '{mount.Destination}' mount path must be absolute");
            if (mount.Destination == "/")
                throw EngineException.Invalid("invalid volume specification: destination can't be '/'");
            if (!seen.Add(mount.Destination))
                throw EngineException.Invalid($"Duplicate mount point: {mount.Destination}");
            if (mount is { Kind: MountKind.Bind, CreateSource: false } && !Path.Exists(mount.Source))
                throw EngineException.Invalid($"invalid mount config for type \"bind\": bind source path does not exist: {mount.Source}");
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]+$")]
    private static partial Regex NameGrammar();
}
