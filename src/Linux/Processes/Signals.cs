using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Processes;

/// <summary>Signals to processes that are not our children.</summary>
public static partial class Signals
{
    private const int PidfdOpen = 434;
    private const int PidfdSendSignal = 424;

    /// <summary>Sends a signal to exactly this process, never to a later one with the same pid.</summary>
    /// <returns>False when the process is gone.</returns>
    public static bool Send(ProcessIdentity process, int signal)
    {
        nint descriptor = syscall(PidfdOpen, process.Pid, 0, 0, 0);
        if (descriptor < 0)
            return Gone("pidfd_open", process);
        using var pidfd = new SafeFileHandle(descriptor, ownsHandle: true);
        // The descriptor now pins the pid: if the start time is the right one, it cannot change under us.
        if (!process.IsAlive())
            return false;
        return syscall(PidfdSendSignal, descriptor, signal, 0, 0) == 0 || Gone("pidfd_send_signal", process);
    }

    private static bool Gone(string call, ProcessIdentity process) =>
        Marshal.GetLastPInvokeError() == (int)Errno.NoProcess
            ? false
            : throw LinuxException.FromLastError(call, process.Pid.ToString(CultureInfo.InvariantCulture));

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint first, nint second, nint third, nint fourth);
}
