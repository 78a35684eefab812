namespace Argosy.Runtime.Stats;

/// <summary>Memory in bytes.</summary>
/// <param name="MaxUsage">0 on cgroup v2.</param>
/// <param name="Limit">The host's memory when there is no limit.</param>
/// <param name="FailCount">How often the limit was hit.</param>
/// <param name="Details">The kernel's memory.stat.</param>
public sealed record MemoryUse(ulong Usage, ulong MaxUsage, ulong Limit, ulong FailCount, IReadOnlyDictionary<string, ulong> Details);
