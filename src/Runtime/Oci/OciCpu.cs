namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciCpu(long? Shares, long? Quota, long? Period, long? RealtimeRuntime, long? RealtimePeriod, string? Cpus, string? Mems);
