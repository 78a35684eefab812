namespace Argosy.Runtime.Oci;

/// <summary>An entry of a profile's archMap.</summary>
internal sealed record SeccompArchitecture(string Architecture, IReadOnlyList<string>? SubArchitectures);
