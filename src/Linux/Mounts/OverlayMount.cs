using System.Text;
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
        if (!isVolatile)
        {
            Mount(lower, upper, work, target, Features);
            return;
        }
        try
        {
            Mount(lower, upper, work, target, Features + ",volatile");
        }
        catch (LinuxException exception) when (exception.Error == Errno.Invalid)
        {
            Mount(lower, upper, work, target, Features);
        }
    }

    private static void Mount(IReadOnlyList<string> lower, string upper, string work, string target, string features)
    {
        string options = Options(features, lower, upper, work);
        if (options.Length < OptionLimit && !lower.Append(upper).Append(work).Any(HasSpecial))
            MountCalls.Mount("overlay", target, "overlay", MountFlags.None, options);
        else
            MountByDescriptor(lower, upper, work, target, features);
    }

    private static void MountByDescriptor(IReadOnlyList<string> lower, string upper, string work, string target, string features)
    {
        var handles = new List<SafeFileHandle>(lower.Count + 2);
        try
        {
            foreach (string directory in lower.Append(upper).Append(work))
                handles.Add(FileCalls.OpenAnchor(directory));
            List<string> names = [.. handles.Select(handle => $"/proc/self/fd/{handle.DangerousGetHandle()}")];
            MountCalls.Mount("overlay", target, "overlay", MountFlags.None, Options(features, names[..^2], names[^2], names[^1]));
        }
        finally
        {
            foreach (SafeFileHandle handle in handles)
                handle.Dispose();
        }
    }

    private static string Options(string features, IReadOnlyList<string> lower, string upper, string work) =>
        new StringBuilder().Append(features).Append(",lowerdir=").AppendJoin(':', lower)
            .Append(",upperdir=").Append(upper).Append(",workdir=").Append(work).ToString();

    private static bool HasSpecial(string path) => path.AsSpan().ContainsAny(":,\\") || path.Any(c => c > 0x7e);
}
