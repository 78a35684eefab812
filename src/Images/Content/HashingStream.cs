using System.Security.Cryptography;
using Argosy.Core;

namespace Argosy.Images.Content;

/// <summary>Passes a stream through and computes its digest.</summary>
/// <param name="inner">What is read.</param>
/// <param name="limit">The most bytes; more is an <see cref="InvalidDataException"/>.</param>
internal sealed class HashingStream(Stream inner, long limit = long.MaxValue) : ReadOnlyStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Bytes passed through.</summary>
    internal long Count { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        hash.AppendData(buffer[..read]);
        Count += read;
        if (Count > limit)
            throw new InvalidDataException($"the archive has more than {limit} bytes");
        return read;
    }

    /// <summary>Reads what the consumer left (a tar's padding), and gives the digest of everything.</summary>
    internal Digest Finish()
    {
        byte[] rest = System.Buffers.ArrayPool<byte>.Shared.Rent(64 * 1024);
        while (Read(rest.AsSpan()) > 0)
        {
        }
        System.Buffers.ArrayPool<byte>.Shared.Return(rest);
        return Digest.FromHash(hash.GetHashAndReset());
    }

    protected override void Dispose(bool disposing)
    {
        hash.Dispose();
        base.Dispose(disposing);
    }
}
