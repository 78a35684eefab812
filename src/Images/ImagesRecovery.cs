using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Records;
using Microsoft.Extensions.Logging;

namespace Argosy.Images;

/// <summary>Makes the stores whole after a crash. Runs once, before the API answers, and before containers are adopted.</summary>
public sealed partial class ImagesRecovery(
    ContentStore content, LayerStore layers, ImageStore images, GarbageCollector collector, Trash trash, ILogger<ImagesRecovery> logger)
{
    /// <summary>Takes away what was half fetched, half unpacked or is named by nothing; its files are deleted by <see cref="EmptyTrash"/>.</summary>
    public async Task RecoverAsync()
    {
        content.DiscardUnfinished();
        await layers.RecoverAsync();
        foreach (ImageRecord broken in await images.RecoverAsync())
            LogBroken(logger, broken.Id.ToString());
        long freed = await collector.DiscardAsync();
        if (freed > 0)
            LogFreed(logger, freed);
    }

    /// <summary>Deletes what <see cref="RecoverAsync"/> took away, which takes as long as it is large: when the daemon answers already.</summary>
    public void EmptyTrash() => trash.Empty();

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "image {ImageId} is not whole and was forgotten")]
    private static partial void LogBroken(ILogger logger, string imageId);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Information, Message = "removed {Bytes} bytes of images that nothing refers to")]
    private static partial void LogFreed(ILogger logger, long bytes);
}
