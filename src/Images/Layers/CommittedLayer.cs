using Argosy.Images.Manifests;

namespace Argosy.Images.Layers;

/// <summary>A layer that was made here, and its blob in the content store.</summary>
public sealed record CommittedLayer(LayerRecord Layer, Descriptor Blob);
