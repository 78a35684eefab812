using System.Text;
using Argosy.Core;
using Argosy.Linux.Archives;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;
using Argosy.Build.Context;

namespace Argosy.Build.Execution;

/// <summary>Does a <see cref="CopyPlan"/> in a snapshot.</summary>
/// <param name="plan">What to do.</param>
/// <param name="target">The snapshot's root.</param>
/// <param name="names">The root whose /etc/passwd and /etc/group owners' names are looked up in.</param>
internal sealed class CopyRunner(CopyPlan plan, RootDirectory target, RootDirectory names, CancellationToken cancellationToken)
{
    private const int NewDirectory = 0x1ed;
    private const int TextPermissions = 0x1a4;
    private const int FetchedPermissions = 0x180;

    private readonly (uint User, uint Group)? owner = Owner(plan, names);

    private (uint User, uint Group) Creator => owner ?? (0, 0);

    public void Run()
    {
        UnixPath destination = ContainerPath.Clean(plan.Destination);
        var copier = new TreeCopier(plan.Root, target, plan.Options(owner));
        foreach (CopySource source in plan.Sources)
            CopyOne(copier, source, source.Kept == 0 ? destination : MakeParents(source, destination));
        foreach ((string name, string text) in plan.Texts)
            target.WriteFile(Place(name, destination), Encoding.UTF8.GetBytes(text), plan.Chmod?.Apply(TextPermissions, isDirectory: false) ?? TextPermissions, Creator);
        foreach (FetchedFile file in plan.Fetched)
            AddFetched(file, destination);
        foreach (FetchedTree tree in plan.Trees)
            new TreeCopier(tree.Root, target, plan.Options(Creator)).CopyContent(UnixPath.Empty, destination, cancellationToken);
    }

    private void CopyOne(TreeCopier copier, CopySource source, UnixPath destination)
    {
        FileStatus status = plan.Root.Status(source.Path) ?? throw new IOException($"{source.Path} has gone");
        if (status.IsDirectory)
        {
            target.MakeDirectories(destination.Parent, NewDirectory, Creator);
            if (source.Kept > 0)
                destination = destination.Append(source.Path.Name.Bytes);
            if (target.Status(destination) is { IsDirectory: false })
                throw EngineException.Invalid($"cannot copy to non-directory: /{destination}");
            copier.CopyContent(source.Path, destination, cancellationToken);
        }
        else if (plan.Unpack && status.Type == FileType.Regular && TryUnpack(plan.Root, source.Path, destination))
        {
            return;
        }
        else
        {
            copier.CopyFile(source.Path, source.Kept > 0 ? destination.Append(source.Path.Name.Bytes) : Place(source.Path.Name, destination));
        }
    }

    /// <summary>Makes the directories of a source's path below the destination, each as it is in the source.</summary>
    /// <returns>The one that the source goes to.</returns>
    private UnixPath MakeParents(CopySource source, UnixPath destination)
    {
        target.MakeDirectories(destination, NewDirectory, Creator);
        var parents = new Stack<UnixPath>();
        for (UnixPath at = source.Path.Parent; parents.Count < source.Kept - 1; at = at.Parent)
            parents.Push(at);
        foreach (UnixPath parent in parents)
        {
            FileStatus status = plan.Root.Status(parent) ?? throw new IOException($"{parent} has gone");
            destination = destination.Append(parent.Name.Bytes);
            target.MakeDirectories(destination, plan.Options(owner).PermissionsOf(status), owner ?? (status.UserId, status.GroupId));
        }
        return destination;
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
    private bool TryUnpack(RootDirectory root, UnixPath source, UnixPath destination)
    {
        using (FileStream probe = root.OpenRead(source))
        {
            if (!IsArchive(probe))
                return false;
        }
        target.MakeDirectories(destination, NewDirectory, Creator);
        using RootDirectory into = target.OpenSubdirectory(destination);
        using FileStream file = root.OpenRead(source);
        using var reader = new TarReader(file, decompress: true);
        TarExtractor.Extract(reader, into.DescriptorPath, new ExtractOptions { Links = LinkPolicy.ResolveInRoot, KeepRoot = true, Owner = plan.Chown is null ? null : owner }, cancellationToken);
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

    private void AddFetched(FetchedFile file, UnixPath destination)
    {
        using RootDirectory directory = RootDirectory.Open(Path.GetDirectoryName(file.Path)!);
        UnixPath name = UnixPath.Of(Path.GetFileName(file.Path));
        if (plan.UnpackFetched && TryUnpack(directory, name, destination))
            return;
        UnixPath place = Place(file.Name, destination);
        PermissionChange permissions = PermissionChange.To(plan.Chmod?.Apply(FetchedPermissions, isDirectory: false) ?? FetchedPermissions);
        var copier = new TreeCopier(directory, target, new CopyOptions { Owner = Creator, Permissions = permissions });
        FileTree.SetTime(file.Path, FileTime.From(file.Modified));
        copier.CopyFile(name, place);
    }

    private static (uint User, uint Group)? Owner(CopyPlan plan, RootDirectory names)
    {
        if (plan.Chown is { } chown)
            return ImageUsers.Resolve(names, chown);
        return plan.IsContext ? (0, 0) : null;
    }
}
