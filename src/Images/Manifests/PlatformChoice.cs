using Argosy.Core;

namespace Argosy.Images.Manifests;

/// <summary>Picks the manifest for a machine from an index.</summary>
public static class PlatformChoice
{
    /// <summary>The first that fits, one with the exact variant before others; null when none fits. Attestations (os "unknown") never do.</summary>
    public static Descriptor? Choose(ImageIndex index, Platform platform)
    {
        List<Descriptor> fitting = [.. index.Manifests.Where(manifest => manifest.Platform is { } offered && platform.Accepts(offered.ToPlatform()))];
        return fitting.FirstOrDefault(manifest => manifest.Platform!.ToPlatform() == platform) ?? fitting.FirstOrDefault();
    }
}
