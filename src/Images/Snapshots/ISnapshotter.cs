using Argosy.Core;

namespace Argosy.Images.Snapshots;

/// <summary>
/// Gives containers and build steps a writable root file system on top of an image's layers.
/// Every verb may be repeated: after a crash the engine calls again what it may have called before.
/// </summary>
public interface ISnapshotter
{
    /// <summary>Makes the directories of a new writable tree; those of a key that is there stay as they are.</summary>
    /// <param name="key">Names the tree; a container's id.</param>
    /// <param name="chainIds">The image's layers, bottom first; none for an image without layers.</param>
    /// <param name="cancellationToken">Before anything is made.</param>
    Task PrepareAsync(string key, IReadOnlyList<Digest> chainIds, CancellationToken cancellationToken);

    /// <summary>Mounts the tree; mounted already is no error.</summary>
    /// <param name="key">The tree's.</param>
    /// <param name="isVolatile">
    /// True: nobody needs the tree after a crash of the machine. What programs bring to the device (fsync) stays in memory, and unmounting,
    /// which else waits for all that the whole file system has to write, waits for nothing.
    /// </param>
    /// <returns>The path of the root file system.</returns>
    string Mount(string key, bool isVolatile = false);

    /// <summary>Unmounts the tree; not mounted is no error. What was written stays.</summary>
    void Unmount(string key);

    /// <summary>Unmounts and deletes the tree; a missing one is no error.</summary>
    Task RemoveAsync(string key);

    /// <summary>True when the tree was prepared.</summary>
    bool Exists(string key);

    /// <summary>Where the mounted tree appears, whether or not it is mounted.</summary>
    string RootOf(string key);

    /// <summary>The directory that holds what was written. Unmount before making a layer of it.</summary>
    string UpperOf(string key);

    /// <summary>What differs from the image, sorted by path.</summary>
    IReadOnlyList<FileChange> Changes(string key);

    /// <summary>Bytes of the files that were written (the API's SizeRw).</summary>
    Task<long> SizeAsync(string key);

    /// <summary>All prepared trees.</summary>
    IReadOnlyList<string> Keys();

    /// <summary>The trees that are mounted now, by the kernel's word.</summary>
    IReadOnlyList<string> MountedKeys();
}
