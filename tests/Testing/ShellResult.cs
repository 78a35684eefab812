namespace Argosy.Testing;

/// <summary>How a command ended.</summary>
/// <param name="Command">The command line, for messages.</param>
/// <param name="ExitCode">Its exit code; 128 + n after signal n.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record ShellResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>The output without the newline at its end; throws when the command failed.</summary>
    public string Succeeded() => ExitCode == 0 ? Output.TrimEnd('\n') : throw new InvalidOperationException(ToString());

    /// <inheritdoc/>
    public override string ToString() => $"`{Command}` ended with {ExitCode}\nstdout: {Output}\nstderr: {Error}";
}
