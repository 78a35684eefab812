using Argosy.Core;
using Argosy.Images.Records;

namespace Argosy.Stacks;

/// <content>Images.</content>
internal sealed partial class EngineAdapter
{
    public string? FindImage(string reference) => images.TryResolve(reference, out ImageRecord? image) ? image.Id.ToString() : null;

    public Task PullImageAsync(string reference, string? platform, Action<string> progress, CancellationToken cancellationToken) =>
        throw EngineException.NotImplemented($"No such image: {reference}: pulling is not there yet");

    public Task RemoveImageAsync(string reference, CancellationToken cancellationToken) => removal.RemoveAsync(reference, force: false, keepParents: false);
}
