namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciDevice(string Path, string Type, long Major, long Minor, uint? FileMode, uint Uid, uint Gid);
