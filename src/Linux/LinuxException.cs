using System.Runtime.InteropServices;

namespace Argosy.Linux;

/// <summary>A system call that failed: which one, on what, and why.</summary>
public sealed class LinuxException : IOException
{
    /// <summary>Makes the exception for a known errno.</summary>
    /// <param name="call">The call's name, as its manual page has it.</param>
    /// <param name="subject">What it was asked to do it to: a path, a link, a pid.</param>
    /// <param name="error">The kernel's answer, positive.</param>
    public LinuxException(string call, string? subject, Errno error)
        : base(Describe(call, subject, error)) => (Call, Subject, Error) = (call, subject, error);

    /// <summary>As the other one, with a sentence of the kernel's (netlink's extended acknowledgement, nftables' message).</summary>
    public LinuxException(string call, string? subject, Errno error, string detail)
        : base($"{Describe(call, subject, error)}: {detail}") => (Call, Subject, Error) = (call, subject, error);

    /// <summary>The failed call.</summary>
    public string Call { get; }

    /// <summary>What it was called on.</summary>
    public string? Subject { get; }

    /// <summary>Why it failed.</summary>
    public Errno Error { get; }

    /// <summary>The exception for the call that this thread has just made through a <c>LibraryImport</c> with <c>SetLastError</c>.</summary>
    public static LinuxException FromLastError(string call, string? subject = null) =>
        new(call, subject, (Errno)Marshal.GetLastPInvokeError());

    private static string Describe(string call, string? subject, Errno error)
    {
        string reason = $"{Marshal.GetPInvokeErrorMessage((int)error)} (errno {(int)error})";
        return subject is null ? $"{call}: {reason}" : $"{call} {subject}: {reason}";
    }
}
