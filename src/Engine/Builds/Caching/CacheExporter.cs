using System.Text;
using Argosy.Build;
using Argosy.Build.Cache;
using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Archives;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Registry;

namespace Argosy.Engine.Builds.Caching;

/// <summary>
/// Writes a build's results and their layers where other engines find them: a manifest whose configuration is a <see cref="CacheDocument"/>.
/// The same results give the same manifest. A layer that an imported cache has and this engine never needed goes from there to here.
/// </summary>
public sealed class CacheExporter(ContentStore content, LayerUpload upload, RegistryClient registries, RegistryOptions options, TimeProvider clock)
{
    /// <summary>Exports to all targets; the build's lease holds the layers.</summary>
    /// <exception cref="EngineException">A target refused, and its errors count.</exception>
    internal async Task ExportAsync(BuildCommand command, BuildReport report, CacheSources sources, IBuildOutput output, CancellationToken cancellationToken)
    {
        foreach (CacheTarget target in command.CacheTo)
        {
            var step = new BuildVertex(Digest.Of(Encoding.UTF8.GetBytes($"cache {target}")), $"exporting cache to {Kind(target)}", []) { Started = clock.GetUtcNow() };
            await TellAsync(output, step, $"Exporting cache to {Kind(target)}\n", cancellationToken);
            try
            {
                await ExportAsync(target, command, Choose(report, target, sources), report.Steps, cancellationToken);
                await TellAsync(output, step with { Completed = clock.GetUtcNow() }, $"Exported cache to {Kind(target)}\n", cancellationToken);
            }
            catch (Exception exception) when (exception is EngineException or RegistryException or IOException)
            {
                string text = $"exporting the cache: {exception.Message}";
                await TellAsync(output, step with { Completed = clock.GetUtcNow(), Error = text }, target.IgnoresErrors ? $"[Warning] {text}\n" : "", cancellationToken);
                if (!target.IgnoresErrors)
                    throw new EngineException(ErrorKind.Internal, text, exception);
            }
        }
    }

    private static string Kind(CacheTarget target) => target is CacheTarget.InRegistry registry ? registry.Name.Familiar : "client directory";

    private static ValueTask TellAsync(IBuildOutput output, BuildVertex step, string text, CancellationToken cancellationToken) =>
        output.Traces ? output.TraceAsync(new BuildTrace { Vertexes = [step] }, cancellationToken)
        : text.Length > 0 ? output.WriteAsync(text, cancellationToken) : ValueTask.CompletedTask;

    private async Task ExportAsync(
        CacheTarget target, BuildCommand command, IReadOnlyList<ExportedLayer> layers, IReadOnlyList<CachedStep> steps, CancellationToken cancellationToken)
    {
        byte[] config = new CacheDocument(steps, [.. layers.Select(layer => new CachedLayer(layer.DiffId, layer.Size))]).ToJson();
        if (config.Length > Documents.SizeLimit)
            throw EngineException.Invalid($"the cache's document has {config.Length} bytes, more than {Documents.SizeLimit}");
        if (target is CacheTarget.InRegistry registry)
            await PushAsync(registry.Name, command.Credentials.GetValueOrDefault(registry.Name.Domain) ?? RegistryCredentials.Anonymous, config, layers, cancellationToken);
        else if (target is CacheTarget.InDirectory directory)
            await WriteAsync(directory.Path, config, layers, cancellationToken);
    }

    /// <summary>The layers that go out, each once: what is here, and what an imported cache has.</summary>
    private IReadOnlyList<ExportedLayer> Choose(BuildReport report, CacheTarget target, CacheSources sources)
    {
        HashSet<Digest> image = [.. report.DiffIds];
        var chosen = new SortedDictionary<string, ExportedLayer>(StringComparer.Ordinal);
        foreach (Digest diffId in report.Steps.Where(step => step.DiffId is not null).Select(step => step.DiffId!.Value))
        {
            if (!target.HasAllLayers && !image.Contains(diffId))
                continue;
            if (content.TryGetSize(diffId, out long size))
                chosen[diffId.Hex] = new ExportedLayer(diffId, size, null);
            else if (sources.Find(diffId)?.Layers[diffId] is { Size: { } plain } promise)
                chosen[diffId.Hex] = new ExportedLayer(diffId, plain, promise);
        }
        return [.. chosen.Values];
    }

    private async Task PushAsync(ImageReference name, RegistryCredentials credentials, byte[] config, IReadOnlyList<ExportedLayer> layers, CancellationToken cancellationToken)
    {
        try
        {
            using RegistrySession session = await registries.OpenAsync(name, credentials, RegistryAccess.Push, cancellationToken);
            var sent = new Descriptor[layers.Count];
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.ConcurrentUploads, CancellationToken = cancellationToken };
            await Parallel.ForAsync(0, layers.Count, parallel, async (index, token) => sent[index] = await SendAsync(session, layers[index], token));
            Descriptor blob = Describe(config);
            if (!await session.HasBlobAsync(blob.Digest, cancellationToken))
                await session.UploadBlobAsync(async (target, token) =>
                {
                    await target.WriteAsync(config, token);
                    return blob.Digest;
                }, config.Length, begun: null, cancellationToken);
            await session.PutManifestAsync(name.Tag ?? throw EngineException.Invalid("a cache needs a tag to be exported to"), MediaTypes.OciManifest, Documents.Serialize(Manifest(blob, sent)), cancellationToken);
        }
        catch (RegistryException exception)
        {
            throw RegistryErrors.Other(exception);
        }
    }

    private async Task<Descriptor> SendAsync(RegistrySession session, ExportedLayer layer, CancellationToken cancellationToken)
    {
        if (layer.Promise is not { } promise)
            return await upload.LayerAsync(session, Plain(layer), [], new PushProgress(NoProgress.Instance, layer.DiffId.Short, layer.Size), cancellationToken);
        if (!await session.HasBlobAsync(promise.Blob.Digest, cancellationToken))
            await session.UploadBlobAsync(async (target, token) =>
            {
                await using Stream source = await promise.Open(token);
                await source.CopyToAsync(target, token);
                return promise.Blob.Digest;
            }, promise.Blob.Size, begun: null, cancellationToken);
        return promise.Blob;
    }

    private async Task WriteAsync(string path, byte[] config, IReadOnlyList<ExportedLayer> layers, CancellationToken cancellationToken)
    {
        ContextDirectory.Create(path);
        var directory = new LayoutDirectory(path);
        var written = new List<Descriptor>();
        foreach (ExportedLayer layer in layers)
        {
            if (layer.Promise is { } promise)
            {
                await using Stream source = await promise.Open(cancellationToken);
                await directory.CopyAsync(source, promise.Blob.Digest, cancellationToken);
                written.Add(promise.Blob);
            }
            else
            {
                directory.Link(content, layer.DiffId);
                written.Add(Plain(layer));
            }
        }
        directory.Add(config, CacheDocument.MediaType);
        directory.Finish(directory.Add(Documents.Serialize(Manifest(Describe(config), written)), MediaTypes.OciManifest));
    }

    private static ImageManifest Manifest(Descriptor config, IReadOnlyList<Descriptor> layers) => new()
    {
        SchemaVersion = 2,
        MediaType = MediaTypes.OciManifest,
        Config = config,
        Layers = layers,
    };

    private static Descriptor Describe(byte[] config) => new() { MediaType = CacheDocument.MediaType, Digest = Digest.Of(config), Size = config.Length };

    private static Descriptor Plain(ExportedLayer layer) => new() { MediaType = MediaTypes.OciLayer, Digest = layer.DiffId, Size = layer.Size };

    /// <summary>A layer that goes out.</summary>
    /// <param name="DiffId">Which.</param>
    /// <param name="Size">The plain archive's bytes.</param>
    /// <param name="Promise">Where it is; null for one that is here.</param>
    private sealed record ExportedLayer(Digest DiffId, long Size, PromisedLayer? Promise);

    private sealed class NoProgress : IImageProgress
    {
        public static readonly NoProgress Instance = new();

        public void Report(ImageProgress line)
        {
            // The build's text says that the cache is exported; its layers are no steps.
        }
    }
}
