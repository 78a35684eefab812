namespace Argosy.Cli.CommandLine;

/// <summary>Ends the program with a text on standard error and an exit code; an empty text prints nothing.</summary>
internal sealed class CliException(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>True when nothing is to be put around the text.</summary>
    public bool IsWhole { get; init; }

    public int ExitCode { get; } = exitCode;
}
