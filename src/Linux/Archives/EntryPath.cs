using Argosy.Linux.Files;

namespace Argosy.Linux.Archives;

/// <summary>Turns an archive's name into a path below the root, or refuses it.</summary>
internal static class EntryPath
{
    /// <summary>Takes <c>./</c>, empty components and closing slashes away; refuses <c>..</c>.</summary>
    /// <param name="name">As the archive has it.</param>
    /// <param name="links">Where links are as inside the root, an absolute name begins there too; otherwise it is refused.</param>
    internal static UnixPath Normalise(UnixPath name, LinkPolicy links)
    {
        ReadOnlySpan<byte> bytes = name.Bytes;
        if (bytes.Length > 0 && bytes[0] == '/' && links == LinkPolicy.Refuse)
            throw Refuse(name, "it is an absolute name");
        if (IsClean(bytes))
            return name;
        byte[] clean = new byte[bytes.Length];
        int length = 0;
        foreach (Range range in bytes.Split((byte)'/'))
        {
            ReadOnlySpan<byte> component = bytes[range];
            if (component.IsEmpty || component.SequenceEqual("."u8))
                continue;
            if (component.SequenceEqual(".."u8))
                throw Refuse(name, "it leads out of the archive's root");
            if (length > 0)
                clean[length++] = (byte)'/';
            component.CopyTo(clean.AsSpan(length));
            length += component.Length;
        }
        return UnixPath.Of(clean.AsSpan(0, length));
    }

    internal static ArchiveException Refuse(UnixPath name, string reason, Exception? inner = null) =>
        new($"refused archive entry \"{name}\": {reason}", inner);

    /// <summary>The common case: no component that begins with a dot, no empty one.</summary>
    private static bool IsClean(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 0 && bytes[0] is not ((byte)'.' or (byte)'/') && bytes[^1] != '/' && bytes.IndexOf("//"u8) < 0 && bytes.IndexOf("/."u8) < 0;
}
