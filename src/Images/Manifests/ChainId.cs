using System.Text;
using Argosy.Core;

namespace Argosy.Images.Manifests;

/// <summary>The name of a layer on top of all below it (OCI image spec, config.md#layer-chainid).</summary>
public static class ChainId
{
    /// <summary>The chain id of a layer on a parent; null for the bottom layer.</summary>
    public static Digest Of(Digest? parent, Digest diffId) =>
        parent is null ? diffId : Digest.Of(Encoding.ASCII.GetBytes($"{parent} {diffId}"));

    /// <summary>The chain ids of all layers, bottom first.</summary>
    public static IReadOnlyList<Digest> All(IReadOnlyList<Digest> diffIds)
    {
        var chain = new Digest[diffIds.Count];
        for (int i = 0; i < chain.Length; i++)
            chain[i] = Of(i == 0 ? null : chain[i - 1], diffIds[i]);
        return chain;
    }
}
