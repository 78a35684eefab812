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
    public static bool IsIdle(ProcessIdentity process) =>
        // poll on amd64, ppoll on amd64 and on arm64.
        SystemCall(process.Pid.ToString(CultureInfo.InvariantCulture)) is "7" or "271" or "73";

    /// <summary>Whether it cannot get rid of what it has read.</summary>
    public static bool IsBlockedInWrite(string pidFile)
    {
        try
        {
            // write on amd64 and on arm64.
            return SystemCall(File.ReadAllText(pidFile).Trim()) is "1" or "64";
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>proc(5), syscall: the number of the call that a process is blocked in; "running" when it is not.</summary>
    private static string SystemCall(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/syscall").Split(' ')[0].TrimEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
