namespace Argosy.Build.Cache;

/// <summary>One record of the build cache, for people.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Description">The step.</param>
/// <param name="Size">Bytes of the layer it made.</param>
/// <param name="Created">When the step ran.</param>
/// <param name="LastUsed">When it was last of use.</param>
/// <param name="Uses">How often.</param>
public sealed record BuildCacheEntry(string Id, string Description, long Size, DateTimeOffset Created, DateTimeOffset LastUsed, int Uses);
