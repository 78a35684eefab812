using System.Runtime.InteropServices;

namespace Argosy.Linux.Processes;

/// <summary>What a process may do that others may not.</summary>
public static unsafe partial class Privileges
{
    /// <summary>
    /// Becomes the user and group that own nothing (65534, "nobody"), with all threads and without a way back. Descriptors that are open stay
    /// open; no capability is left. Nothing happens in a process that is not root's.
    /// </summary>
    /// <exception cref="LinuxException">The kernel, or a user namespace without that user, refuses.</exception>
    public static void Drop()
    {
        const uint nobody = 65534;
        if (geteuid() != 0)
            return;
        Check(setgroups(0, null), "setgroups");
        Check(setresgid(nobody, nobody, nobody), "setresgid");
        // The C library makes every thread do this, and with root's ids the kernel takes the capabilities.
        Check(setresuid(nobody, nobody, nobody), "setresuid");
    }

    private static void Check(int result, string call)
    {
        if (result < 0)
            throw LinuxException.FromLastError(call, "nobody");
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setgroups(nuint count, uint* groups);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setresgid(uint real, uint effective, uint saved);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setresuid(uint real, uint effective, uint saved);
}
