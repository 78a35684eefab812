namespace Argosy.Engine.Images;

/// <summary>Tells of one layer of a push, in Docker's words.</summary>
internal sealed class PushProgress(IImageProgress progress, string id, long total)
{
    private readonly Throttle throttle = new();

    internal void Exists() => progress.Status("Layer already exists", id);

    internal void Mounted(string repository) => progress.Status($"Mounted from {repository}", id);

    internal void Pushing(long current)
    {
        if (throttle.Passes(current, total))
            progress.Bar(id, "Pushing", current, total);
    }

    internal void Pushed() => progress.Status("Pushed", id);
}
