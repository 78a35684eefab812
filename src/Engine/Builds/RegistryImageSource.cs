using System.Threading.Channels;
using Argosy.Build;
using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Records;
using Argosy.Registry;

namespace Argosy.Engine.Builds;

/// <summary>Base images that are here, or else in their registry.</summary>
/// <param name="credentials">By registry; a registry without any is asked as nobody.</param>
internal sealed class RegistryImageSource(ImageStore images, ImagePull pulls, IReadOnlyDictionary<string, RegistryCredentials> credentials) : IBaseImageSource
{
    public async Task<ImageRecord> ResolveAsync(string reference, bool pull, Platform platform, IBuildOutput output, CancellationToken cancellationToken)
    {
        if (images.TryResolve(reference, out ImageRecord? image) && (!pull || !ImageReference.TryParse(reference, out _)))
            return image;
        ImageReference name = ImageReference.Parse(reference);
        var request = new PullRequest
        {
            Name = name,
            Platform = platform == Platform.Host ? null : platform,
            Credentials = credentials.GetValueOrDefault(name.Domain) ?? RegistryCredentials.Anonymous,
        };
        var progress = new ChannelProgress();
        Task pump = PumpAsync(progress.Lines, output, cancellationToken);
        try
        {
            return await pulls.PullAsync(request, progress, cancellationToken);
        }
        finally
        {
            progress.Complete();
            await pump;
        }
    }

    private static async Task PumpAsync(ChannelReader<ImageProgress> lines, IBuildOutput output, CancellationToken cancellationToken)
    {
        await foreach (ImageProgress line in lines.ReadAllAsync(cancellationToken))
            await output.PullAsync(new PullStep(line.Id, line.Status ?? "", line.Current ?? 0, line.Total), cancellationToken);
    }

    /// <summary>Should the client read so slowly that it fills up, lines are dropped: a pull does not wait for its display.</summary>
    private sealed class ChannelProgress : IImageProgress
    {
        private readonly Channel<ImageProgress> lines = Channel.CreateBounded<ImageProgress>(
            new BoundedChannelOptions(1024) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

        public ChannelReader<ImageProgress> Lines => lines.Reader;

        public void Report(ImageProgress line) => lines.Writer.TryWrite(line);

        public void Complete() => lines.Writer.TryComplete();
    }
}
