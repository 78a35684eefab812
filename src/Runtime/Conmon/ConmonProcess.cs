using System.Globalization;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Conmon;

/// <summary>A container's conmon: found by its pid file, told things by its control fifo.</summary>
internal static class ConmonProcess
{
    /// <summary>The conmon that wrote the file; null when it is gone.</summary>
    public static ProcessIdentity? Find(string pidFile, string containerId)
    {
        try
        {
            if (!int.TryParse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture, out int pid) || !ProcessIdentity.TryRead(pid, out ProcessIdentity process))
                return null;
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains(containerId, StringComparison.Ordinal) ? process : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether it waits for events: then it has done all that it has read.</summary>
    public static bool IsIdle(ProcessIdentity process)
    {
        try
        {
            // proc(5), syscall: the number of the call that it is blocked in, or "running". 7 is poll on amd64, 271 and 73 are ppoll on amd64 and arm64.
            return File.ReadAllText($"/proc/{process.Pid.ToString(CultureInfo.InvariantCulture)}/syscall").Split(' ')[0] is "7" or "271" or "73";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
