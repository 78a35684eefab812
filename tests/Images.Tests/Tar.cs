using System.Text;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Images.Tests;

/// <summary>Writes archives for tests.</summary>
internal static class Tar
{
    internal static byte[] Of(params TarEntry[] entries) => Of(entries.Select(entry => (entry, Array.Empty<byte>())).ToArray());

    internal static byte[] Of(params (TarEntry Entry, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using var writer = new TarWriter(stream);
        foreach ((TarEntry entry, byte[] content) in entries)
            writer.WriteFile(entry, content);
        writer.Finish();
        return stream.ToArray();
    }

    internal static (TarEntry, byte[]) File(string path, string content, int permissions = 0x1a4) =>
        (new TarEntry { Path = UnixPath.Of(path), Type = FileType.Regular, Permissions = permissions, Modified = Time }, Encoding.UTF8.GetBytes(content));

    internal static (TarEntry, byte[]) Directory(string path, int permissions = 0x1ed) =>
        (new TarEntry { Path = UnixPath.Of(path), Type = FileType.Directory, Permissions = permissions, Modified = Time }, []);

    internal static (TarEntry, byte[]) Link(string path, string target) =>
        (new TarEntry { Path = UnixPath.Of(path), Type = FileType.SymbolicLink, Permissions = 0x1ff, LinkTarget = UnixPath.Of(target), Modified = Time }, []);

    internal static (TarEntry, byte[]) HardLink(string path, string target) =>
        (new TarEntry { Path = UnixPath.Of(path), Type = FileType.Regular, IsHardLink = true, LinkTarget = UnixPath.Of(target), Modified = Time }, []);

    /// <summary>Headers that a change made wrong get their checksums again: otherwise nothing would come behind them.</summary>
    internal static void MendChecksums(byte[] archive)
    {
        for (int at = 0; at + 512 <= archive.Length; at += 512)
        {
            Span<byte> header = archive.AsSpan(at, 512);
            if (!header[257..].StartsWith("ustar"u8))
                continue;
            header.Slice(148, 8).Fill((byte)' ');
            int sum = 0;
            foreach (byte part in header)
                sum += part;
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
        }
    }

    internal static FileTime Time { get; } = new(1_600_000_000, 123_456_789);
}
