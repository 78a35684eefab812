using Argosy.Cli.CommandLine;
using Argosy.Cli.Containers.Options;

namespace Argosy.Cli.Containers;

/// <summary>Which streams the client joins: those of <c>-a</c>, else output and error, and input with <c>-i</c>.</summary>
internal static class StreamChoice
{
    public static Attachment Read(Invocation line, ProcessFlags process, bool isDetached)
    {
        IReadOnlyList<string> named = line.ReadAll(process.Attach, Stream);
        if (isDetached)
            return named.Count == 0 ? default : throw new CliException("conflicting options: cannot specify both --attach and --detach", UsageException.WrongOption);
        return named.Count == 0
            ? new Attachment(line.Get(process.Interactive), true, true)
            : new Attachment(named.Contains("stdin"), named.Contains("stdout"), named.Contains("stderr"));
    }

    private static string Stream(string text) => text.ToLowerInvariant() is "stdin" or "stdout" or "stderr"
        ? text.ToLowerInvariant()
        : throw new FormatException("valid streams are STDIN, STDOUT and STDERR");
}
