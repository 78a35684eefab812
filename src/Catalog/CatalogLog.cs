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

    [LoggerMessage(EventId = 7004, Level = LogLevel.Warning, Message = "the resolver, process {ProcessId}, is gone; another one takes its place. Its log: {Log}")]
    public static partial void ResolverLost(ILogger logger, int processId, string log);

    [LoggerMessage(EventId = 7005, Level = LogLevel.Error, Message = "the resolver does not work: names do not resolve. Its log: {Log}")]
    public static partial void ResolverFailed(ILogger logger, string log, Exception exception);

    [LoggerMessage(EventId = 7006, Level = LogLevel.Information, Message = "the resolver that runs is of version {Version}; one of {Wanted} takes its place")]
    public static partial void ResolverReplaced(ILogger logger, string? version, string wanted);

    [LoggerMessage(EventId = 7007, Level = LogLevel.Warning, Message = "container {ContainerId} has no name server: {Reason}")]
    public static partial void NotServed(ILogger logger, string containerId, string reason);

    [LoggerMessage(EventId = 7008, Level = LogLevel.Error, Message = "a message of the daemon could not be understood")]
    public static partial void MessageFailed(ILogger logger, Exception exception);
}
