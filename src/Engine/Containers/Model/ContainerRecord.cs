using Argosy.Core;

namespace Argosy.Engine.Containers.Model;

/// <summary>What the daemon remembers of a container; an immutable value, replaced as a whole.</summary>
public sealed record ContainerRecord
{
    /// <summary>The id.</summary>
    public required ContainerId Id { get; init; }

    /// <summary>The name, without a slash.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The image's id; empty for a build step on scratch.</summary>
    public required string ImageId { get; init; }

    /// <summary>The image's layers at creation, bottom first (chain ids).</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>A build step's container: not listed, no events, removed by recovery.</summary>
    public bool Hidden { get; init; }

    /// <summary>What runs.</summary>
    public required ContainerConfig Config { get; init; }

    /// <summary>How it sits on this host.</summary>
    public required HostSettings Host { get; init; }

    /// <summary>HostConfig as the API shows it; opaque to the engine.</summary>
    public string HostConfigJson { get; set; } = "{}";

    /// <summary>The networks it asks for, first one first; by the name the user gave.</summary>
    public IReadOnlyList<EndpointSettings> Endpoints { get; set; } = [];

    /// <summary>Its legacy links; only on the default bridge.</summary>
    public IReadOnlyList<ContainerLink> Links { get; set; } = [];

    /// <summary>Its mounts.</summary>
    public IReadOnlyList<MountPoint> Mounts { get; set; } = [];

    /// <summary>Where it is in its life.</summary>
    public required ContainerState State { get; init; }

    /// <summary>The command line: entry point and command together.</summary>
    public IReadOnlyList<string> CommandLine => [.. Config.Entrypoint ?? [], .. Config.Cmd ?? []];
}
