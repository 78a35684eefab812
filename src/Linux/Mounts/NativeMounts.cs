using System.Runtime.InteropServices;

namespace Argosy.Linux.Mounts;

/// <summary>mount(2) and umount2(2) as they are.</summary>
internal static unsafe partial class NativeMounts
{
    [LibraryImport("libc", SetLastError = true)]
    internal static partial int mount(byte* source, byte* target, byte* type, ulong flags, byte* data);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int umount2(string target, int flags);
}
