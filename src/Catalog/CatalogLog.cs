using Microsoft.Extensions.Logging;

namespace Argosy.Catalog;

/// <summary>Log messages of this project: 7000 to 7999.</summary>
internal static partial class CatalogLog
{
    [LoggerMessage(EventId = 7001, Level = LogLevel.Error, Message = "a question of container {ContainerId} could not be answered")]
    public static partial void QuestionFailed(ILogger logger, string containerId, Exception exception);

    [LoggerMessage(EventId = 7002, Level = LogLevel.Warning, Message = "container {ContainerId} uses 127.0.0.11:53 itself; names do not resolve there")]
    public static partial void PortTaken(ILogger logger, string containerId);

    [LoggerMessage(EventId = 7003, Level = LogLevel.Information, Message = "the resolver, process {ProcessId}, answers the names of {Count} containers")]
    public static partial void ResolverReady(ILogger logger, int processId, int count);

    [LoggerMessage(EventId = 7007, Level = LogLevel.Warning, Message = "container {ContainerId} has no name server: {Reason}")]
    public static partial void NotServed(ILogger logger, string containerId, string reason);
}
