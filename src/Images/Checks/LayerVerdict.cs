namespace Argosy.Images.Checks;

/// <summary>What a look at a layer's directory has shown.</summary>
/// <param name="Reason">What is wrong; null when nothing is.</param>
/// <param name="IsCompared">True when every file was compared with the blob's.</param>
internal sealed record LayerVerdict(string? Reason, bool IsCompared = false);
