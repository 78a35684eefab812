using Argosy.Images.Layers;

namespace Argosy.Engine.Images;

/// <summary>Tells of one layer of a pull, in Docker's words. Unpacking begins while the layer is still coming in; its bar is shown afterwards.</summary>
internal sealed class PullProgress(IImageProgress progress, string id) : ILayerProgress
{
    private readonly Throttle downloads = new();
    private readonly Throttle extractions = new();
    private volatile bool isDownloaded;

    public void AlreadyExists() => progress.Status("Already exists", id);

    public void Downloading(long current, long total)
    {
        if (downloads.Passes(current, total))
            progress.Bar(id, "Downloading", current, total);
    }

    public void Verifying() => progress.Status("Verifying Checksum", id);

    public void Downloaded()
    {
        isDownloaded = true;
        progress.Status("Download complete", id);
    }

    public void Extracting(long current, long total)
    {
        if (isDownloaded && extractions.Passes(current, total))
            progress.Bar(id, "Extracting", current, total);
    }

    public void Complete() => progress.Status("Pull complete", id);
}
