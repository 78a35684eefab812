namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciUser(uint Uid, uint Gid, IReadOnlyList<uint>? AdditionalGids);
