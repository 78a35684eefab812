namespace Argosy.Build;

/// <summary>A step's command failed. Clients exit with its code.</summary>
public sealed class BuildException(string message, int exitCode) : Exception(message)
{
    /// <summary>The command's exit code.</summary>
    public int ExitCode { get; } = exitCode;
}
