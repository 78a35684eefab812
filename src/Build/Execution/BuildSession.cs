using System.Collections.Concurrent;
using Argosy.Build.Cache;
using Argosy.Build.Checks;
using Argosy.Build.Context;
using Argosy.Build.Expansion;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;
using Argosy.Linux.Copying;

namespace Argosy.Build.Execution;

/// <summary>What one build's stages share. Safe to use from several stages at once.</summary>
internal sealed class BuildSession(
    BuildRequest request, Dockerfile dockerfile, BuildContext context, BuildArguments arguments, IBuildImages images, BuildTools tools) : IDisposable
{
    private readonly ConcurrentDictionary<(string, Platform), Lazy<Task<BaseImage>>> resolved = new();
    private readonly Dictionary<string, RootDirectory> directories = request.Contexts
        .Where(pair => pair.Value.Path is not null).ToDictionary(pair => pair.Key, pair => RootDirectory.Open(pair.Value.Path!), StringComparer.OrdinalIgnoreCase);

    public BuildRequest Request => request;

    public Dockerfile Dockerfile => dockerfile;

    public BuildContext Context => context;

    public BuildArguments Arguments => arguments;

    public required DockerfileChecks Checks { get; init; }

    public IBuildImages Images => images;

    public BuildTools Tools => tools;

    public BuildCache Cache => tools.Cache;

    /// <summary>The other stages; set before the first one runs.</summary>
    public required Func<int, Task<StageResult>> StageAsync { get; set; }

    /// <summary>How many steps run at once, over all stages.</summary>
    public SemaphoreSlim Slots { get; } = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Keys of the records that were of use.</summary>
    public ConcurrentDictionary<string, bool> UsedKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>The results of all steps so far, by key.</summary>
    public ConcurrentDictionary<string, CachedStep> Steps { get; } = new(StringComparer.Ordinal);

    /// <summary>Results of imported caches that were of use, with the layers that come with them.</summary>
    public ConcurrentDictionary<string, (CachedStep Step, IReadOnlyList<Digest> Layers)> Imported { get; } = new(StringComparer.Ordinal);

    /// <summary>A named context's directory; null when the name is none or stands for an image.</summary>
    public RootDirectory? DirectoryOf(string name) => directories.GetValueOrDefault(name);

    /// <summary>The image that a name stands for: a named context's, or the name itself.</summary>
    public string ImageOf(string name) => request.Contexts.TryGetValue(name, out NamedContext? context) && context.Image is { } image ? image : name;

    /// <summary>Finds an image once for the whole build: two stages on one name stand on the same image.</summary>
    public Task<BaseImage> ResolveAsync(string reference, Platform platform, IBuildOutput output, CancellationToken cancellationToken) =>
        resolved.GetOrAdd((reference, platform), key => new Lazy<Task<BaseImage>>(() => images.ResolveAsync(reference, request.Pull, platform, output, cancellationToken))).Value;

    /// <summary>An image that was found already; null when nobody has asked for it, or it was not found.</summary>
    public BaseImage? FoundImage(string reference) => resolved
        .Where(entry => entry.Key.Item1 == reference && entry.Value is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        .Select(entry => entry.Value.Value.Result).FirstOrDefault();

    /// <summary>What a stage's image has to be for.</summary>
    /// <exception cref="EngineException">It is not for this host.</exception>
    public Platform PlatformOf(FromInstruction from)
    {
        if (from.Platform is not { } text)
            return request.Platform;
        string name;
        try
        {
            name = WordExpander.Expand(text, arguments.LookUpGlobal, dockerfile.Escape);
        }
        catch (ExpansionException exception)
        {
            throw EngineException.Invalid($"dockerfile parse error on line {from.Line}: {exception.Message}");
        }
        var platform = Platform.Parse(name);
        return Platform.Host.Accepts(platform) || platform.Accepts(Platform.Host)
            ? platform : throw EngineException.NotImplemented($"FROM --platform={name}: argosy builds for {Platform.Host} only");
    }

    public void Dispose()
    {
        Slots.Dispose();
        foreach (RootDirectory directory in directories.Values)
            directory.Dispose();
    }
}
