using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Copying;

/// <summary>
/// A digest over what copying a file or tree would bring: names, types, permissions, owners, link targets, extended attributes and bytes.
/// Times do not count: a fresh checkout of the same sources is the same.
/// </summary>
public sealed class TreeDigest(RootDirectory root, CopyOptions options) : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Adds a file or tree; a link at the path itself is followed, as copying does.</summary>
    public void Add(UnixPath path, CancellationToken cancellationToken)
    {
        FileStatus status;
        using (SafeFileHandle any = root.OpenAny(path))
            status = RootDirectory.StatusOf(any, path);
        AddStatus(UnixPath.Empty, status);
        if (status.IsDirectory)
        {
            using SafeFileHandle directory = root.OpenDirectory(path);
            AddEntries(directory, UnixPath.Empty, cancellationToken);
        }
        else if (status.Type == FileType.Regular)
        {
            using SafeFileHandle file = root.OpenFile(path);
            AddContent(file, status, path);
        }
    }

    /// <summary>The digest of all that was added, as hexadecimal digits.</summary>
    public string Finish() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void AddEntries(SafeFileHandle directory, UnixPath relative, CancellationToken cancellationToken)
    {
        foreach (DirectoryEntry entry in DirectoryReader.Read(directory, relative))
        {
            cancellationToken.ThrowIfCancellationRequested();
            UnixPath path = relative.Append(entry.Name.Bytes);
            if (options.IsExcluded(path))
                continue;
            FileCalls.TryStatus(directory, entry.Name, out FileStatus status).Check("statx", path);
            if (status.Type != FileType.Socket)
                AddEntry(directory, entry.Name, path, status, cancellationToken);
        }
    }

    private void AddEntry(SafeFileHandle directory, UnixPath name, UnixPath path, FileStatus status, CancellationToken cancellationToken)
    {
        AddStatus(path, status);
        if (status.Type == FileType.SymbolicLink)
        {
            Add(FileCalls.ReadLink(directory, name).Bytes);
            return;
        }
        if (status.Type is not (FileType.Directory or FileType.Regular))
            return;
        OpenFlags flags = OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking;
        FileCalls.TryOpen(directory, name, flags, 0, out SafeFileHandle? opened).Check("openat", path);
        using (opened)
        {
            if (status.IsDirectory)
                AddEntries(opened!, path, cancellationToken);
            else
                AddContent(opened!, status, path);
        }
    }

    private void AddStatus(UnixPath path, FileStatus status)
    {
        Add(path.Bytes);
        (uint user, uint group) = options.Owner ?? (status.UserId, status.GroupId);
        int permissions = status.Type == FileType.SymbolicLink ? 0 : options.PermissionsOf(status);
        bool isDevice = status.Type is FileType.CharacterDevice or FileType.BlockDevice;
        Span<byte> fields = stackalloc byte[32];
        BinaryPrimitives.WriteInt32LittleEndian(fields, (int)status.Type);
        BinaryPrimitives.WriteInt32LittleEndian(fields[4..], permissions);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[8..], user);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[12..], group);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[16..], isDevice ? status.SpecialDevice.Major : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[20..], isDevice ? status.SpecialDevice.Minor : 0);
        BinaryPrimitives.WriteInt64LittleEndian(fields[24..], status.Type == FileType.Regular ? status.Size : 0);
        hash.AppendData(fields);
    }

    private void AddContent(SafeFileHandle file, FileStatus status, UnixPath subject)
    {
        AddAttributes(file);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            long position = 0;
            int read;
            while (position < status.Size && (read = FileCalls.Read(file, buffer, position, subject.ToString())) > 0)
            {
                hash.AppendData(buffer, 0, (int)Math.Min(read, status.Size - position));
                position += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void AddAttributes(SafeFileHandle file)
    {
        ExtendedAttribute[] attributes = [.. ExtendedAttributes.List(UnixPath.Of($"/proc/self/fd/{file.DangerousGetHandle()}")).Where(attribute => !ExtendedAttributes.IsOfHost(attribute.Name))];
        Add(BitConverter.GetBytes(attributes.Length));
        foreach (ExtendedAttribute attribute in attributes)
        {
            Add(System.Text.Encoding.UTF8.GetBytes(attribute.Name));
            Add(attribute.Value);
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
