using System.Text;
using Argosy.Core;
using Argosy.Linux.Archives;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;
using Argosy.Build.Context;

namespace Argosy.Build.Execution;

/// <summary>Does a <see cref="CopyPlan"/> in a snapshot.</summary>
internal sealed class CopyRunner(CopyPlan plan, RootDirectory target, CancellationToken cancellationToken)
{
    private const int NewDirectory = 0x1ed;
    private const int TextPermissions = 0x1a4;
    private const int FetchedPermissions = 0x180;

    private readonly (uint User, uint Group)? owner = Owner(plan, target);

    private (uint User, uint Group) Creator => owner ?? (0, 0);

    public void Run()
    {
        UnixPath destination = ContainerPath.Clean(plan.Destination);
        var copier = new TreeCopier(plan.Root, target, plan.Options(owner));
        foreach (UnixPath source in plan.Sources)
            CopyOne(copier, source, destination);
        foreach ((string name, string text) in plan.Texts)
            target.WriteFile(Place(name, destination), Encoding.UTF8.GetBytes(text), plan.Chmod ?? TextPermissions, Creator);
        foreach (FetchedFile file in plan.Fetched)
            CopyFetched(file, destination);
    }

    private void CopyOne(TreeCopier copier, UnixPath source, UnixPath destination)
    {
        FileStatus status = plan.Root.Status(source) ?? throw new IOException($"{source} has gone");
        if (status.IsDirectory)
        {
            target.MakeDirectories(destination.Parent, NewDirectory, Creator);
            if (target.Status(destination) is { IsDirectory: false })
                throw EngineException.Invalid($"cannot copy to non-directory: /{destination}");
            copier.CopyContent(source, destination, cancellationToken);
        }
        else if (plan.Unpack && status.Type == FileType.Regular && TryUnpack(source, destination))
        {
            return;
        }
        else
        {
            copier.CopyFile(source, Place(source.Name, destination));
        }
    }

    /// <summary>Where a file goes: into the directory, or to the very path. Missing directories are made.</summary>
    private UnixPath Place(UnixPath name, UnixPath destination)
    {
        bool into = plan.IntoDirectory || destination.IsEmpty || target.Status(destination) is { IsDirectory: true };
        target.MakeDirectories(into ? destination : destination.Parent, NewDirectory, Creator);
        return into ? destination.Append(name.Bytes) : destination;
    }

    private UnixPath Place(string name, UnixPath destination) => Place(UnixPath.Of(name), destination);

    /// <summary>Unpacks a tar, compressed or not, as a directory; false when the file is none.</summary>
    private bool TryUnpack(UnixPath source, UnixPath destination)
    {
        using (FileStream probe = plan.Root.OpenRead(source))
        {
            if (!IsArchive(probe))
                return false;
        }
        target.MakeDirectories(destination, NewDirectory, Creator);
        using RootDirectory into = target.OpenSubdirectory(destination);
        using FileStream file = plan.Root.OpenRead(source);
        using var reader = new TarReader(file, decompress: true);
        TarExtractor.Extract(reader, into.DescriptorPath, new ExtractOptions { Links = LinkPolicy.ResolveInRoot, Owner = plan.Chown is null ? null : owner }, cancellationToken);
        return true;
    }

    private static bool IsArchive(FileStream file)
    {
        if (file.Length == 0)
            return false;
        try
        {
            using var reader = new TarReader(file, decompress: true);
            return reader.TryNext(out _);
        }
        catch (ArchiveException)
        {
            return false;
        }
    }

    private void CopyFetched(FetchedFile file, UnixPath destination)
    {
        UnixPath place = Place(file.Name, destination);
        using RootDirectory directory = RootDirectory.Open(Path.GetDirectoryName(file.Path)!);
        var copier = new TreeCopier(directory, target, new CopyOptions { Owner = Creator, Permissions = plan.Chmod ?? FetchedPermissions });
        FileTree.SetTime(file.Path, FileTime.From(file.Modified));
        copier.CopyFile(UnixPath.Of(Path.GetFileName(file.Path)), place);
    }

    private static (uint User, uint Group)? Owner(CopyPlan plan, RootDirectory target)
    {
        if (plan.Chown is { } chown)
            return ImageUsers.Resolve(target, chown);
        return plan.IsContext ? (0, 0) : null;
    }
}
