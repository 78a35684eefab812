using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>Makes Docker's error of what crun or runc print.</summary>
internal static class RuntimeFailure
{
    /// <summary>The exception for a failed create or start, with the exit code that Docker's clients expect.</summary>
    public static RuntimeException Describe(string output, IReadOnlyList<string> args)
    {
        (string reason, int exitCode) = Reason(output.Trim(), args.Count == 0 ? "" : args[0]);
        ErrorKind kind = exitCode is 126 or 127 ? ErrorKind.InvalidArgument : ErrorKind.Internal;
        return new RuntimeException(kind, $"failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: {reason}: unknown", exitCode);
    }

    /// <summary>The same for an exec.</summary>
    public static RuntimeException DescribeExec(string output, IReadOnlyList<string> args)
    {
        (string reason, int exitCode) = Reason(output.Trim(), args.Count == 0 ? "" : args[0]);
        ErrorKind kind = exitCode is 126 or 127 ? ErrorKind.InvalidArgument : ErrorKind.Internal;
        return new RuntimeException(kind, $"OCI runtime exec failed: exec failed: unable to start container process: {reason}: unknown", exitCode);
    }

    private static (string Reason, int ExitCode) Reason(string output, string command) =>
        (command.Length == 0 ? output : output, 128);
}
