using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Mounts;

/// <summary>Mounts an overlay of any number of layers that the kernel takes (500; Linux, fs/overlayfs).</summary>
/// <remarks>
/// mount(2) takes one page of options. Where the paths do not fit, or have characters that the option string gives a meaning,
/// every directory is opened and named by its descriptor (<c>/proc/self/fd/7</c>), which is short, and right whatever its name.
/// </remarks>
public static class OverlayMount
{
    private const int OptionLimit = 4000;

    // Directories are not redirected and files not copied by metadata alone: an upper directory must be complete,
    // because it becomes a layer.
    private const string Features = "index=off,redirect_dir=nofollow,metacopy=off";

    /// <summary>Mounts; an overlay without lower directories does not exist, so there must be one.</summary>
    /// <param name="lower">Top first.</param>
    /// <param name="upper">What is written goes here.</param>
    /// <param name="work">The kernel's scratch directory, on upper's file system.</param>
    /// <param name="target">Where it appears.</param>
    /// <param name="isVolatile">True: the kernel flushes nothing, neither for those who ask nor when it is unmounted; before Linux 5.10 it does all the same.</param>
    public static void Mount(IReadOnlyList<string> lower, string upper, string work, string target, bool isVolatile = false)
    {
        List<string> directories = [.. lower, upper, work];
        static string Writable(List<string> names) => Options(names[..^2]) + $",upperdir={names[^2]},workdir={names[^1]}";
        if (!isVolatile)
        {
            Mount(directories, Writable, MountFlags.None, target);
            return;
        }
        try
        {
            Mount(directories, names => Writable(names) + ",volatile", MountFlags.None, target);
        }
        catch (LinuxException exception) when (exception.Error == Errno.Invalid)
        {
            Mount(directories, Writable, MountFlags.None, target);
        }
    }

    /// <summary>Mounts layers that nobody writes to.</summary>
    /// <param name="lower">Top first; at least one.</param>
    /// <param name="empty">An empty directory below them all: without an upper directory the kernel wants two lower ones.</param>
    /// <param name="target">Where it appears.</param>
    public static void MountReadOnly(IReadOnlyList<string> lower, string empty, string target) =>
        Mount([.. lower, empty], Options, MountFlags.ReadOnly, target);

    private static void Mount(List<string> directories, Func<List<string>, string> optionsOf, MountFlags flags, string target)
    {
        string options = optionsOf(directories);
        if (options.Length < OptionLimit && !directories.Any(HasSpecial))
            MountCalls.Mount("overlay", target, "overlay", flags, options);
        else
            MountByDescriptor(directories, optionsOf, flags, target);
    }

    private static void MountByDescriptor(List<string> directories, Func<List<string>, string> optionsOf, MountFlags flags, string target)
    {
        var handles = new List<SafeFileHandle>(directories.Count);
        try
        {
            foreach (string directory in directories)
                handles.Add(FileCalls.OpenAnchor(directory));
            List<string> names = [.. handles.Select(handle => $"/proc/self/fd/{handle.DangerousGetHandle()}")];
            MountCalls.Mount("overlay", target, "overlay", flags, optionsOf(names));
        }
        finally
        {
            foreach (SafeFileHandle handle in handles)
                handle.Dispose();
        }
    }

    private static string Options(List<string> lower) => $"{Features},lowerdir={string.Join(':', lower)}";

    private static bool HasSpecial(string path) => path.AsSpan().ContainsAny(":,\\") || path.Any(c => c > 0x7e);
}
