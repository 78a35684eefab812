namespace Argosy.Runtime.Stats;

/// <summary>Processor time in nanoseconds, and how often the quota was used up.</summary>
/// <param name="PerCpu">Empty on cgroup v2, which does not tell.</param>
public sealed record CpuCounters(ulong Total, ulong User, ulong Kernel, IReadOnlyList<ulong> PerCpu, ulong Periods, ulong ThrottledPeriods, ulong ThrottledTime);
