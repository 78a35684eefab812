namespace Argosy.Runtime;

/// <summary>What a <see cref="BlkioThrottle"/> bounds.</summary>
public enum BlkioThrottleKind
{
    ReadBps,
    WriteBps,
    ReadIops,
    WriteIops,
}
