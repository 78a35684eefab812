using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Records;

namespace Argosy.Stacks;

/// <content>Images.</content>
internal sealed partial class EngineAdapter
{
    public string? FindImage(string reference) => images.TryResolve(reference, out ImageRecord? image) ? image.Id.ToString() : null;

    /// <remarks>Without credentials: who needs them pulls with the client, which has them.</remarks>
    public Task PullImageAsync(string reference, string? platform, Action<string> progress, CancellationToken cancellationToken) => pull.PullAsync(
        new PullRequest { Name = ImageReference.Parse(reference), Platform = platform is null ? null : Platform.Parse(platform) },
        new Lines(progress),
        cancellationToken);

    public Task RemoveImageAsync(string reference, CancellationToken cancellationToken) => removal.RemoveAsync(reference, force: false, keepParents: false);

    /// <summary>Changes of status as text; the bytes in between are left out.</summary>
    private sealed class Lines(Action<string> progress) : IImageProgress
    {
        public void Report(ImageProgress line)
        {
            if (line is { Status: { } status, Current: null })
                progress(line.Id is null ? status : $"{line.Id}: {status}");
        }
    }
}
