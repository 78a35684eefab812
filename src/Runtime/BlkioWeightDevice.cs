namespace Argosy.Runtime;

/// <summary>A block device's weight.</summary>
/// <param name="Path">The device node on the host.</param>
/// <param name="Weight">10–1000.</param>
public sealed record BlkioWeightDevice(string Path, ushort Weight);
