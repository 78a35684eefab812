using Argosy.Core;
using Argosy.Images.Checks;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Images;

/// <summary>Checks the image stores (<c>argosy system fsck</c>), one check at a time.</summary>
public sealed partial class StoreCheckService(StoreCheck check, ILogger<StoreCheckService> logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Looks at everything, and repairs it if told so.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> while another check is under way.</exception>
    public async Task<CheckReport> CheckAsync(CheckOptions options, CancellationToken cancellationToken)
    {
        if (!await gate.WaitAsync(TimeSpan.Zero, cancellationToken))
            throw EngineException.Conflict("a check of the image stores is under way already");
        try
        {
            CheckReport report = await check.RunAsync(options, cancellationToken);
            foreach (Fault fault in report.Faults)
                LogFault(logger, fault.Kind, fault.Subject, fault.Reason, fault.Repair ?? "not repaired");
            return report;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "image stores: {Kind} {Subject}: {Reason}; {Repair}")]
    private static partial void LogFault(ILogger logger, FaultKind kind, string subject, string reason, string repair);
}
