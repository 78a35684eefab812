using System.Text;

namespace Argosy.Linux.Files;

/// <summary>
/// A path or a name as the kernel has it: bytes, not text. Two names that differ in bytes are two files, whatever their encoding.
/// </summary>
public sealed class UnixPath : IEquatable<UnixPath>
{
    private UnixPath(byte[] terminated) => Terminated = terminated;

    /// <summary>The path of no components: the root itself.</summary>
    public static UnixPath Empty { get; } = new([0]);

    /// <summary>The bytes with a closing NUL, for system calls.</summary>
    internal byte[] Terminated { get; }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => Terminated.AsSpan(0, Terminated.Length - 1);

    /// <summary>True for the path of no components.</summary>
    public bool IsEmpty => Terminated.Length == 1;

    /// <summary>The last component.</summary>
    public UnixPath Name => Bytes.LastIndexOf((byte)'/') is var slash and >= 0 ? Of(Bytes[(slash + 1)..]) : this;

    /// <summary>Everything before the last component; <see cref="Empty"/> for a bare name.</summary>
    public UnixPath Parent => Bytes.LastIndexOf((byte)'/') is var slash and > 0 ? Of(Bytes[..slash]) : Empty;

    /// <summary>Copies these bytes.</summary>
    public static UnixPath Of(ReadOnlySpan<byte> bytes)
    {
        byte[] terminated = new byte[bytes.Length + 1];
        bytes.CopyTo(terminated);
        return new UnixPath(terminated);
    }

    /// <summary>The text's UTF-8 bytes.</summary>
    public static UnixPath Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>This path and a name below it.</summary>
    public UnixPath Append(ReadOnlySpan<byte> name)
    {
        if (IsEmpty)
            return Of(name);
        byte[] terminated = new byte[Bytes.Length + name.Length + 2];
        Bytes.CopyTo(terminated);
        terminated[Bytes.Length] = (byte)'/';
        name.CopyTo(terminated.AsSpan(Bytes.Length + 1));
        return new UnixPath(terminated);
    }

    /// <inheritdoc/>
    public bool Equals(UnixPath? other) => other is not null && Terminated.AsSpan().SequenceEqual(other.Terminated);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UnixPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Terminated);
        return hash.ToHashCode();
    }

    /// <summary>For people; bytes that are not UTF-8 are replaced.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
