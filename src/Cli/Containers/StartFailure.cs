using Argosy.Cli.CommandLine;
using Argosy.Client;

namespace Argosy.Cli.Containers;

/// <summary>The exit code of a container that could not be started: 127 no such command, 126 it cannot be executed, else 125.</summary>
internal static class StartFailure
{
    public static async Task GuardAsync(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch (ApiException refusal)
        {
            throw new CliException(FailureText.Refused(refusal), ExitCode(refusal.Message));
        }
    }

    public static int ExitCode(string message)
    {
        if (Has("executable file not found") || Has("no such file or directory") || Has("system cannot find the file specified"))
            return 127;
        return Has("permission denied") || Has("is a directory") ? 126 : 125;

        bool Has(string text) => message.Contains(text, StringComparison.OrdinalIgnoreCase);
    }
}
