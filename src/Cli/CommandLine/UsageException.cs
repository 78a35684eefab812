namespace Argosy.Cli.CommandLine;

/// <summary>The command line itself is wrong: the text is printed together with the command's usage.</summary>
/// <param name="message">What is wrong, in Docker's words.</param>
/// <param name="exitCode">125 for a wrong option, 1 for a wrong number of arguments.</param>
internal sealed class UsageException(string message, int exitCode = UsageException.WrongOption) : Exception(message)
{
    public const int WrongOption = 125;
    public const int WrongArguments = 1;

    /// <summary>Docker's last line begins with "See" then, and not with "Run".</summary>
    public bool IsTooFew { get; init; }

    public int ExitCode { get; } = exitCode;
}
