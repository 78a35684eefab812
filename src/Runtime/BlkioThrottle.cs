namespace Argosy.Runtime;

/// <summary>A bound on a block device's use.</summary>
/// <param name="Kind">What is counted.</param>
/// <param name="Path">The device node on the host.</param>
/// <param name="Rate">Bytes or operations per second.</param>
public sealed record BlkioThrottle(BlkioThrottleKind Kind, string Path, ulong Rate);
