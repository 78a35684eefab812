using Argosy.Core;
using Argosy.Images.Checks;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Checks;

/// <summary>Checks everything on disk (<c>argosy system fsck</c>), one check at a time.</summary>
public sealed partial class StoreCheckService(StoreCheck images, DataRootCheck root, ILogger<StoreCheckService> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Looks at everything, and repairs it if told so.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> while another check is under way.</exception>
    public async Task<(CheckReport Images, DataRootReport Root)> CheckAsync(CheckOptions options, CancellationToken cancellationToken)
    {
        if (!await gate.WaitAsync(TimeSpan.Zero, cancellationToken))
            throw EngineException.Conflict("a check of the data root is under way already");
        try
        {
            CheckReport ofImages = await images.RunAsync(options, cancellationToken);
            DataRootReport ofRoot = await root.RunAsync(options.Repair, cancellationToken);
            foreach (Fault fault in ofImages.Faults.Concat(ofRoot.Faults))
                LogFault(logger, fault.Kind, fault.Subject, fault.Reason, fault.Repair ?? "not repaired");
            return (ofImages, ofRoot);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "data root: {Kind} {Subject}: {Reason}; {Repair}")]
    private static partial void LogFault(ILogger logger, FaultKind kind, string subject, string reason, string repair);
}
