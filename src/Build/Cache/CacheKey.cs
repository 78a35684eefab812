using System.Buffers.Binary;
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

    public CacheKey(string kind, string parentChain) => Add(Version).Add(kind).Add(parentChain);

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
        Add(parts.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (string part in parts)
            Add(part);
        return this;
    }

    /// <summary>The key, in hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    public void Dispose() => hash.Dispose();
}
