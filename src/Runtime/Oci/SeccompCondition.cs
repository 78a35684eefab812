namespace Argosy.Runtime.Oci;

/// <summary>What a rule's includes or excludes name.</summary>
internal sealed record SeccompCondition(IReadOnlyList<string>? Arches, IReadOnlyList<string>? Caps, string? MinKernel);
