using Argosy.Build.Cache;
using Argosy.Core;

namespace Argosy.Build;

/// <summary>A build as it was asked for.</summary>
public sealed record BuildRequest
{
    /// <summary>The directory with the unpacked context.</summary>
    public required string ContextPath { get; init; }

    /// <summary>The Dockerfile's path in the context.</summary>
    public string DockerfilePath { get; init; } = "Dockerfile";

    /// <summary>Names for the image.</summary>
    public IReadOnlyList<ImageReference> Names { get; init; } = [];

    /// <summary>Build arguments; null takes the value from nowhere (declared on the command line without one).</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>Labels for the image.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage to build, by name or number; null is the last.</summary>
    public string? Target { get; init; }

    /// <summary>Do not use results of earlier builds.</summary>
    public bool NoCache { get; init; }

    /// <summary>Make one layer of all that the last stage adds to what it stands on.</summary>
    public bool Squash { get; init; }

    /// <summary>Ask the registry for newer base images.</summary>
    public bool Pull { get; init; }

    /// <summary>The steps' network: <c>default</c>, <c>none</c>, <c>host</c>, <c>container:NAME</c> or a network's name.</summary>
    public string Network { get; init; } = "default";

    /// <summary>What to build for.</summary>
    public Platform Platform { get; init; } = Platform.Host;

    /// <summary>Bounds of the steps' containers.</summary>
    public StepLimits Limits { get; init; } = new();

    /// <summary>Values for <c>RUN --mount=type=secret</c>, by id.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Secrets { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>Called when the stages are done and the context is needed no more; null when it may be needed again. It must not fail.</summary>
    public Func<Task>? ContextDone { get; init; }

    /// <summary>SSH agents for <c>RUN --mount=type=ssh</c>, by id.</summary>
    public IReadOnlyDictionary<string, ISshAgent> Agents { get; init; } = new Dictionary<string, ISshAgent>();

    /// <summary>Directories and images that go before stages and images of the same name.</summary>
    public IReadOnlyDictionary<string, NamedContext> Contexts { get; init; } = new Dictionary<string, NamedContext>();

    /// <summary>Stages, by name or number, for which results of earlier builds are not used.</summary>
    public IReadOnlyList<string> NoCacheStages { get; init; } = [];

    /// <summary>Results from elsewhere that count beside this engine's own; in the order in which they are asked.</summary>
    public IReadOnlyList<ImportedCache> Caches { get; init; } = [];

    /// <summary>What to tell before the first step.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
