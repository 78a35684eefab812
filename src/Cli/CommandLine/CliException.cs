namespace Argosy.Cli.CommandLine;

/// <summary>Ends the program with a text on standard error and an exit code; an empty text prints nothing.</summary>
internal sealed class CliException(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
