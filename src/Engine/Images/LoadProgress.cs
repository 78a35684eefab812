using Argosy.Core;
using Argosy.Images.Layers;

namespace Argosy.Engine.Images;

/// <summary>Tells of one layer of an archive: "Loading layer", by its diff id.</summary>
internal sealed class LoadProgress(IImageProgress progress, Digest diffId) : ILayerProgress
{
    private readonly Throttle throttle = new();

    public void AlreadyExists()
    {
    }

    public void Downloading(long current, long total)
    {
    }

    public void Verifying()
    {
    }

    public void Downloaded()
    {
    }

    public void Extracting(long current, long total)
    {
        if (throttle.Passes(current, total))
            progress.Bar(diffId.Short, "Loading layer", current, total);
    }

    public void Complete()
    {
    }
}
