using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Argosy.Build.Cache;

/// <summary>
/// Makes a step's key: a digest over all that decides its result. Each part has its length in front,
/// so that no two different lists of parts can be the same bytes.
/// </summary>
internal sealed class CacheKey : IDisposable
{
    // Raise it when a change in how steps run makes older results wrong.
    private const string Version = "argosy-build-1";

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="kind">What kind of step it is.</param>
    /// <param name="parentChain">The layers that it stands on.</param>
    /// <param name="epoch">The latest time that its files may have: with another one it makes another layer.</param>
    public CacheKey(string kind, string parentChain, DateTimeOffset? epoch)
    {
        Add(Version).Add(kind).Add(parentChain);
        // Only what was asked for is added: keys without it stay good.
        if (epoch is { } time)
            Add("epoch").Add(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }

    public CacheKey Add(string? part)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : Encoding.UTF8.GetByteCount(part));
        hash.AppendData(length);
        if (part is not null)
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        return this;
    }

    public CacheKey Add(IReadOnlyCollection<string> parts)
    {
        Add(parts.Count.ToString(CultureInfo.InvariantCulture));
        foreach (string part in parts)
            Add(part);
        return this;
    }

    /// <summary>The key, in hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}
