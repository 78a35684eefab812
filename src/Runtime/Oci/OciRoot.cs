namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciRoot(string Path, bool Readonly);
