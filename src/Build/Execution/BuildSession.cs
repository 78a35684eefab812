using Argosy.Build.Cache;
using Argosy.Build.Context;
using Argosy.Build.Expansion;
using Argosy.Build.Syntax;

namespace Argosy.Build.Execution;

/// <summary>What one build's stages share.</summary>
internal sealed class BuildSession(
    BuildRequest request, Dockerfile dockerfile, BuildContext context, BuildArguments arguments,
    IBuildImages images, IStepRunner runner, BuildCache cache, HttpClient http, IBuildOutput output)
{
    private int step;

    public BuildRequest Request => request;

    public Dockerfile Dockerfile => dockerfile;

    public BuildContext Context => context;

    public BuildArguments Arguments => arguments;

    public IBuildImages Images => images;

    public IStepRunner Runner => runner;

    public BuildCache Cache => cache;

    public HttpClient Http => http;

    /// <summary>The finished stages by number.</summary>
    public Dictionary<int, StageResult> Stages { get; } = [];

    /// <summary>Keys of the records that were of use.</summary>
    public HashSet<string> UsedKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>How many steps there are in all.</summary>
    public required int StepCount { get; set; }

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => output.WriteAsync(text, cancellationToken);

    public ValueTask BeginStepAsync(string source, CancellationToken cancellationToken) =>
        output.WriteAsync(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Step {++step}/{StepCount} : {source}\n"), cancellationToken);

    public Task<BaseImage> ResolveAsync(string reference, Core.Platform platform, CancellationToken cancellationToken) =>
        images.ResolveAsync(reference, request.Pull, platform, output, cancellationToken);
}
