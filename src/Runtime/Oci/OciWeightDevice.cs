namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciWeightDevice(long Major, long Minor, ushort Weight);
