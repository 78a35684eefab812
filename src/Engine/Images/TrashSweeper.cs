using Argosy.Images;
using Argosy.Linux;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Images;

/// <summary>Deletes what the recovery of the image stores took away, while the daemon answers already; ends when that is done.</summary>
internal sealed partial class TrashSweeper(ImagesRecovery recovery, ILogger<TrashSweeper> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(Sweep, CancellationToken.None);

    private void Sweep()
    {
        try
        {
            recovery.EmptyTrash();
        }
        catch (Exception exception) when (exception is LinuxException or IOException)
        {
            // It is tried again with the next removal of an image, and at the next start.
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "what a killed daemon left of images could not be deleted")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
