namespace Argosy.Build;

/// <summary>Layers that an imported cache promised cannot be had. What promised them counts no more; the build begins again, and does without.</summary>
public sealed class LayersLostException(string message) : Exception(message);
