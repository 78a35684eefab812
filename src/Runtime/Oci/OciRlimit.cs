namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciRlimit(string Type, ulong Hard, ulong Soft);
