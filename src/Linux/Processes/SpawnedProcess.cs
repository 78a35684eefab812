using System.Runtime.InteropServices;

namespace Argosy.Linux.Processes;

/// <summary>A child of the daemon. It must be waited for, or it stays a zombie.</summary>
public sealed partial class SpawnedProcess(int pid)
{
    /// <summary>The child's process id; its own until <see cref="Wait"/> has returned.</summary>
    public int Pid => pid;

    /// <summary>Blocks until the child has ended; call it when the end is known to be near (its output has ended).</summary>
    /// <returns>The exit code; 128 + n when signal n ended it.</returns>
    public unsafe int Wait()
    {
        int status = 0;
        int result;
        do
            result = waitpid(pid, &status, 0);
        while (result < 0 && Marshal.GetLastPInvokeError() == (int)Errno.Interrupted);
        if (result < 0)
            throw LinuxException.FromLastError("waitpid", pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
        int signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    /// <summary>Kills the child, which has not been waited for: its pid is nobody else's until then.</summary>
    public void Kill()
    {
        const int sigkill = 9;
        if (kill(pid, sigkill) < 0)
            throw LinuxException.FromLastError("kill", pid.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static unsafe partial int waitpid(int pid, int* status, int options);
}
