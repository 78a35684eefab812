using System.Text.RegularExpressions;
using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>
/// Makes Docker's error of what crun or runc print. Docker's clients read the exit code (125, 126, 127) out of the words,
/// and people search for them: so they are runc's, whichever runtime it was.
/// </summary>
internal static partial class RuntimeFailure
{
    private const string CreatePrefix = "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ";
    private const string ExecPrefix = "OCI runtime exec failed: exec failed: unable to start container process: ";

    /// <summary>The exception for a failed create or start, with the exit code that Docker's clients expect.</summary>
    public static RuntimeException Describe(string output, IReadOnlyList<string> args) => Make(CreatePrefix, output, args);

    /// <summary>The same for an exec.</summary>
    public static RuntimeException DescribeExec(string output, IReadOnlyList<string> args) => Make(ExecPrefix, output, args);

    private static RuntimeException Make(string prefix, string output, IReadOnlyList<string> args)
    {
        string reason = Reason(output.Trim(), args.Count == 0 ? "" : args[0]);
        int exitCode = ExitCode(reason);
        if (reason.Contains("not a directory", StringComparison.Ordinal))
            reason += ": Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type";
        return new RuntimeException(exitCode == 128 ? ErrorKind.Internal : ErrorKind.InvalidArgument, $"{prefix}{reason}: unknown", exitCode);
    }

    private static string Reason(string output, string command)
    {
        if (RuncMessage().Match(output) is { Success: true } runc)
            return Unescape(runc.Groups[1].Value);
        if (CrunNotFound().Match(output) is { Success: true } missing)
        {
            string name = missing.Groups[1].Value;
            return name.Contains('/') ? $"exec: \"{name}\": stat {name}: no such file or directory" : $"exec: \"{name}\": executable file not found in $PATH";
        }
        // crun opens the program before it executes it; a directory is "not permitted" to it.
        if (output.StartsWith("open executable: Permission denied", StringComparison.Ordinal)
            || output.StartsWith("open executable: Operation not permitted", StringComparison.Ordinal))
            return $"exec: \"{command}\": permission denied";
        return "error during container init: " + LowerReason(output);
    }

    /// <summary>strerror's sentence begins with a capital, Go's does not, and clients look for Go's.</summary>
    private static string LowerReason(string output)
    {
        int colon = output.LastIndexOf(": ", StringComparison.Ordinal);
        return colon < 0 || colon + 3 > output.Length ? output : output[..(colon + 2)] + char.ToLowerInvariant(output[colon + 2]) + output[(colon + 3)..];
    }

    private static int ExitCode(string reason)
    {
        if (reason.Contains("executable file not found", StringComparison.Ordinal)
            || reason.Contains("no such file or directory", StringComparison.Ordinal)
            || reason.Contains("not a directory", StringComparison.Ordinal))
            return 127;
        return reason.Contains("permission denied", StringComparison.Ordinal) || reason.Contains("is a directory", StringComparison.Ordinal) ? 126 : 128;
    }

    private static string Unescape(string text) => text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    [GeneratedRegex("msg=\"(?:runc create failed: |exec failed: )?(?:unable to start container process: )?((?:[^\"\\\\]|\\\\.)*)\"\\s*$")]
    private static partial Regex RuncMessage();

    [GeneratedRegex("executable file `([^`]*)` not found in \\$PATH")]
    private static partial Regex CrunNotFound();
}
