using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>The OCI runtime refused to create or start a process. The text is Docker's for the same cause.</summary>
public sealed class RuntimeException(ErrorKind kind, string message, int suggestedExitCode, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure it is: <see cref="ErrorKind.InvalidArgument"/> when the command cannot be run, as with Docker (400).</summary>
    public ErrorKind Kind { get; } = kind;

    /// <summary>The exit code that a container gets which failed this way: 127 not found, 126 not executable, 128 else.</summary>
    public int SuggestedExitCode { get; } = suggestedExitCode;
}
