namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciThrottleDevice(long Major, long Minor, ulong Rate);
