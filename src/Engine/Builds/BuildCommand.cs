using Argosy.Build;
using Argosy.Core;
using Argosy.Engine.Builds.Caching;
using Argosy.Registry;

namespace Argosy.Engine.Builds;

/// <summary>A build as a client asked for it, but for the context, which comes as a stream.</summary>
public sealed record BuildCommand
{
    /// <summary>The Dockerfile's path in the context.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>Where the context is fetched from; null takes the request's body.</summary>
    public string? Remote { get; init; }

    /// <summary>Names for the image.</summary>
    public IReadOnlyList<ImageReference> Names { get; init; } = [];

    /// <summary>Build arguments.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>Labels for the image.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage to build.</summary>
    public string? Target { get; init; }

    /// <summary>Do not use results of earlier builds.</summary>
    public bool NoCache { get; init; }

    /// <summary>Make one layer of all that the last stage adds to what it stands on.</summary>
    public bool Squash { get; init; }

    /// <summary>Ask the registry for newer base images.</summary>
    public bool Pull { get; init; }

    /// <summary><c>default</c>, <c>none</c>, <c>host</c>, <c>container:NAME</c> or a network's name.</summary>
    public string Network { get; init; } = "default";

    /// <summary>What to build for.</summary>
    public Platform Platform { get; init; } = Platform.Host;

    /// <summary>Bounds of the steps' containers.</summary>
    public StepLimits Limits { get; init; } = new();

    /// <summary>Who asks for base images, by registry (<c>docker.io</c>, <c>localhost:5000</c>).</summary>
    public IReadOnlyDictionary<string, RegistryCredentials> Credentials { get; init; } = new Dictionary<string, RegistryCredentials>();

    /// <summary>Values for <c>RUN --mount=type=secret</c>, by id.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Secrets { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>SSH agents for <c>RUN --mount=type=ssh</c>, by id.</summary>
    public IReadOnlyDictionary<string, ISshAgent> Agents { get; init; } = new Dictionary<string, ISshAgent>();

    /// <summary>Directories and images beside the main context, by name.</summary>
    public IReadOnlyDictionary<string, NamedContext> Contexts { get; init; } = new Dictionary<string, NamedContext>();

    /// <summary>Stages for which results of earlier builds are not used.</summary>
    public IReadOnlyList<string> NoCacheStages { get; init; } = [];

    /// <summary>Images and caches whose results count as if they were this engine's own, by name.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Caches that were handed over: image layouts, by the name that people know.</summary>
    public IReadOnlyDictionary<string, string> CacheDirectories { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the results are exported to.</summary>
    public IReadOnlyList<CacheTarget> CacheTo { get; init; } = [];
}
