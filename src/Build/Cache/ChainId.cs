using System.Text;
using Argosy.Core;

namespace Argosy.Build.Cache;

/// <summary>The id of a stack of layers (OCI image spec, config.md#layer-chainid).</summary>
internal static class ChainId
{
    /// <summary>Empty for no layers.</summary>
    public static string Of(IReadOnlyList<Digest> diffIds)
    {
        string chain = "";
        foreach (Digest diffId in diffIds)
            chain = chain.Length == 0 ? diffId.ToString() : Digest.Of(Encoding.UTF8.GetBytes($"{chain} {diffId}")).ToString();
        return chain;
    }
}
