using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Argosy.Core;

/// <summary>A content address: <c>sha256:</c> and 64 lower-case hexadecimal digits (OCI image spec, descriptor.md#digests).</summary>
public readonly record struct Digest
{
    private const string Prefix = "sha256:";

    private Digest(string hex) => Hex = hex;

    /// <summary>The 64 hexadecimal digits without the algorithm.</summary>
    public string Hex { get; }

    /// <summary>The first 12 digits, as clients show them.</summary>
    public string Short => Hex[..12];

    /// <summary>Reads <c>sha256:…</c>; upper case, other algorithms and other lengths are refused.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is null || text.Length != Prefix.Length + 64 || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        foreach (char c in text.AsSpan(Prefix.Length))
        {
            if (!char.IsAsciiHexDigitLower(c))
                return false;
        }
        digest = new Digest(text[Prefix.Length..]);
        return true;
    }

    /// <summary>Like <see cref="TryParse"/>, for text that must be a digest.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when it is none.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out Digest digest) ? digest : throw EngineException.Invalid($"invalid checksum digest format: {text}");

    /// <summary>The digest of these bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    /// <summary>The digest with this raw SHA-256 value (32 bytes).</summary>
    public static Digest FromHash(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    /// <inheritdoc/>
    public override string ToString() => Prefix + Hex;
}
