using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>Waits for processes that are not our children, by pidfd.</summary>
public static partial class ProcessEnd
{
    private const int PidfdOpen = 434;

    /// <summary>Waits until the process has ended (a zombie has).</summary>
    /// <returns>False when it still lives after that time.</returns>
    public static async Task<bool> WaitAsync(ProcessIdentity process, TimeSpan patience)
    {
        nint descriptor = syscall(PidfdOpen, process.Pid, 0);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == (int)Errno.NoProcess)
            return true;
        if (descriptor < 0)
            throw LinuxException.FromLastError("pidfd_open", process.Pid.ToString(CultureInfo.InvariantCulture));
        using var pidfd = new SafeFileHandle(descriptor, ownsHandle: true);
        if (!process.IsAlive() || Poll(descriptor, 0))
            return true;
        // A helper that is about to end: holding a pool thread for that long is cheaper than a poller of our own.
        return await Task.Run(() => Poll(descriptor, (int)patience.TotalMilliseconds));
    }

    private static unsafe bool Poll(nint descriptor, int milliseconds)
    {
        var entry = new PollEntry((int)descriptor, 1, 0);
        int result;
        do
            result = poll(&entry, 1, milliseconds);
        while (result < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Interrupted);
        return result > 0;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int poll(PollEntry* entries, nuint count, int timeout);

    /// <summary>struct pollfd; the kernel writes the last one.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private record struct PollEntry(int Descriptor, short Wanted, short Returned);
}
