namespace Argosy.Runtime.Stats;

/// <summary>A network interface's counters (/proc/net/dev).</summary>
public sealed record InterfaceCounters(
    ulong ReceivedBytes, ulong ReceivedPackets, ulong ReceivedErrors, ulong ReceivedDropped,
    ulong SentBytes, ulong SentPackets, ulong SentErrors, ulong SentDropped);
