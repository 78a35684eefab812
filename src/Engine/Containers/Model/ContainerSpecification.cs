namespace Argosy.Engine.Containers.Model;

/// <summary>What a client asks for when it creates a container.</summary>
public sealed record ContainerSpecification
{
    /// <summary>Null: the engine makes one up.</summary>
    public string? Name { get; init; }

    /// <summary>A build step's container: not listed, no events, removed by recovery.</summary>
    public bool Hidden { get; init; }

    /// <summary>What is to run; what is null or empty comes from the image.</summary>
    public required ContainerConfig Config { get; init; }

    /// <summary>How it is to sit on this host.</summary>
    public required HostSettings Host { get; init; }

    /// <summary>HostConfig as the API will show it.</summary>
    public string HostConfigJson { get; set; } = "{}";

    /// <summary>Per network what is asked of it; the network mode's network may be among them.</summary>
    public IReadOnlyList<EndpointSettings> Endpoints { get; set; } = [];

    /// <summary>Mounts that were asked for explicitly; the image's volumes are added.</summary>
    public IReadOnlyList<MountPoint> Mounts { get; set; } = [];

    /// <summary>By volume name, how to make those that are missing.</summary>
    public IReadOnlyDictionary<string, VolumeRequest> Volumes { get; set; } = new Dictionary<string, VolumeRequest>();

    /// <summary>name[:alias] of containers to be linked to.</summary>
    public IReadOnlyList<string> Links { get; set; } = [];

    /// <summary>container[:ro|rw], whose mounts are taken over.</summary>
    public IReadOnlyList<string> VolumesFrom { get; set; } = [];
}
