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

    internal static FileTime Time { get; } = new(1_600_000_000, 123_456_789);
}
