namespace Argosy.Networks;

/// <summary>A name that one container alone knows another by.</summary>
/// <param name="Alias">The name.</param>
/// <param name="Target">The other container's own name or alias on the network.</param>
public sealed record LinkedName(string Alias, string Target);
