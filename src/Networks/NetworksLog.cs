using Microsoft.Extensions.Logging;

namespace Argosy.Networks;

/// <summary>Log messages of this project: 5000 to 5999.</summary>
internal static partial class NetworksLog
{
    [LoggerMessage(EventId = 5001, Level = LogLevel.Warning, Message = "the firewall table inet {Table} was changed by someone else; it is written again")]
    public static partial void FirewallRestored(ILogger logger, string table);

    [LoggerMessage(EventId = 5002, Level = LogLevel.Warning, Message = "the firewall table inet {Table} is not as we left it; it is written again: {Reason}")]
    public static partial void FirewallDiffers(ILogger logger, string table, string reason);

    [LoggerMessage(EventId = 5003, Level = LogLevel.Error, Message = "network namespaces cannot be prepared ahead")]
    public static partial void WarmingFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Information, Message = "removed stale {What} {Name}")]
    public static partial void StaleRemoved(ILogger logger, string what, string name);

    [LoggerMessage(EventId = 5005, Level = LogLevel.Warning, Message = "stale {What} {Name} could not be removed")]
    public static partial void StaleRemains(ILogger logger, string what, string name, Exception exception);

    [LoggerMessage(EventId = 5006, Level = LogLevel.Warning, Message = "releasing the network of container {ContainerId} was not complete: {What}")]
    public static partial void ReleaseFailed(ILogger logger, string containerId, string what, Exception exception);

    [LoggerMessage(EventId = 5007, Level = LogLevel.Information, Message = "{Count} networks of running containers adopted, {Stale} records of others dropped")]
    public static partial void Reconciled(ILogger logger, int count, int stale);

    [LoggerMessage(EventId = 5008, Level = LogLevel.Warning, Message = "{Setting} could not be set to {Value}: {Reason}")]
    public static partial void SettingFailed(ILogger logger, string setting, string value, string reason);

    [LoggerMessage(EventId = 5009, Level = LogLevel.Error, Message = "the firewall could not be written again")]
    public static partial void WatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5010, Level = LogLevel.Warning, Message = "published port {Port} of container {ContainerId} is used by another program now")]
    public static partial void PortLost(ILogger logger, string port, string containerId);

    [LoggerMessage(EventId = 5011, Level = LogLevel.Warning, Message = "UDP flows to changed ports could not be forgotten; their clients may wait for their time-out")]
    public static partial void FlowsRemain(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5012, Level = LogLevel.Error, Message = "the adopted containers are not served as they should be: their names may not resolve")]
    public static partial void ServiceFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5013, Level = LogLevel.Error, Message = "network {Network} cannot be used: its parent {Parent} is not there")]
    public static partial void ParentMissing(ILogger logger, string network, string parent, Exception exception);

    [LoggerMessage(EventId = 5014, Level = LogLevel.Warning, Message = "the {Companion}, process {ProcessId}, is gone; another one takes its place. Its log: {Log}")]
    public static partial void CompanionLost(ILogger logger, string companion, int processId, string log);

    [LoggerMessage(EventId = 5015, Level = LogLevel.Error, Message = "the {Companion} does not work: what it serves is away. Its log: {Log}")]
    public static partial void CompanionFailed(ILogger logger, string companion, string log, Exception exception);

    [LoggerMessage(EventId = 5016, Level = LogLevel.Information, Message = "the {Companion} that runs is of version {Version}; one of {Wanted} takes its place")]
    public static partial void CompanionReplaced(ILogger logger, string companion, string? version, string wanted);

    [LoggerMessage(EventId = 5017, Level = LogLevel.Error, Message = "a message of the daemon could not be understood")]
    public static partial void MessageFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5018, Level = LogLevel.Information, Message = "the relay, process {ProcessId}, carries {Count} published ports; it had {Kept} of them")]
    public static partial void RelayReady(ILogger logger, int processId, int count, int kept);

    [LoggerMessage(EventId = 5019, Level = LogLevel.Warning, Message = "published port {Port} of container {ContainerId} is not open: {Reason}; it is tried again")]
    public static partial void RelayPortMissing(ILogger logger, string port, string containerId, string reason);

    [LoggerMessage(EventId = 5020, Level = LogLevel.Information, Message = "published port {Port} of container {ContainerId} is open again")]
    public static partial void RelayPortBack(ILogger logger, string port, string containerId);

    [LoggerMessage(EventId = 5021, Level = LogLevel.Error, Message = "the relay can take no more connections at the moment")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5022, Level = LogLevel.Error, Message = "the relay keeps its privileges")]
    public static partial void PrivilegesKept(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 5023, Level = LogLevel.Error, Message = "the relay's ports could not be settled with the process that carries them")]
    public static partial void RelayUnsettled(ILogger logger, Exception exception);
}
