namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciMount(string Destination, string Type, string Source, IReadOnlyList<string> Options);
