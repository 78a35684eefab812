namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciMemory(long? Limit, long? Reservation, long? Swap, long? Swappiness, bool? DisableOOMKiller);
