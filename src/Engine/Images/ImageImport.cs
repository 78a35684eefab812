using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>Makes an image of one layer from a tar of a file system (<c>docker import</c>).</summary>
public sealed class ImageImport(ImageStore images, LayerStore layers, GarbageCollector collector, ImageTagging tagging, ImageEvents events, TimeProvider clock)
{
    /// <summary>Reads the archive and makes the image.</summary>
    /// <param name="archive">A tar, plain or compressed.</param>
    /// <param name="request">Name and configuration.</param>
    /// <param name="progress">Told the new image's id at the end.</param>
    /// <param name="cancellationToken">Until the image is made.</param>
    public async Task<ImageRecord> ImportAsync(Stream archive, ImportRequest request, IImageProgress progress, CancellationToken cancellationToken)
    {
        ImageConfig config = ConfigChanges.Apply(new ImageConfig(), request.Changes);
        ImageRecord image = await collector.UnderLeaseAsync(async lease =>
        {
            CommittedLayer layer = await layers.ImportAsync(archive, lease, null, cancellationToken);
            byte[] file = Describe(request, config, layer.Layer.DiffId).ToJson();
            lease.Add(Digest.Of(file));
            ImageRecord created = await images.CreateAsync(new NewImage { Config = file, Layers = [layer.Blob] });
            events.OfImage("import", created);
            if (request.Name is not null)
                await tagging.TagAsync(request.Name, created);
            return created;
        });
        progress.Status(image.Id.ToString());
        return image;
    }

    /// <summary>As the other, with an archive that is fetched from a web server.</summary>
    /// <param name="address">http:// or https://; without either it is http://.</param>
    /// <param name="request">Name and configuration.</param>
    /// <param name="progress">Told what is fetched, and the new image's id.</param>
    /// <param name="cancellationToken">Until the image is made.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>: no such address, or the server refused.</exception>
    public async Task<ImageRecord> ImportAsync(string address, ImportRequest request, IImageProgress progress, CancellationToken cancellationToken)
    {
        string whole = address.Contains("://", StringComparison.Ordinal) ? address : "http://" + address;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw EngineException.Invalid($"cannot import from {address}: it is no address of a web server");
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using HttpResponseMessage response = await OpenAsync(http, uri, cancellationToken);
        progress.Status($"Downloading from {uri}");
        await using Stream archive = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ImportAsync(archive, request with { Message = request.Message ?? $"Imported from {uri}" }, progress, cancellationToken);
    }

    private static async Task<HttpResponseMessage> OpenAsync(HttpClient http, Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
                throw EngineException.Invalid($"failed to GET {uri} with status {(int)response.StatusCode} {response.ReasonPhrase}");
        }
        catch (HttpRequestException exception)
        {
            throw new EngineException(ErrorKind.InvalidArgument, $"failed to GET {uri}: {exception.Message}", exception);
        }
    }

    private ImageConfigFile Describe(ImportRequest request, ImageConfig config, Digest diffId)
    {
        Platform platform = request.Platform ?? Platform.Host;
        DateTimeOffset now = clock.GetUtcNow();
        return new ImageConfigFile
        {
            Architecture = platform.Architecture,
            Os = platform.Os,
            Variant = platform.Variant,
            Created = now,
            Config = config,
            RootFs = new RootFileSystem { DiffIds = [diffId] },
            History = [new HistoryEntry { Created = now, Comment = request.Message ?? "Imported from -" }],
        };
    }
}
