using Argosy.Cli.Session;

namespace Argosy.Cli.CommandLine;

/// <summary>
/// May carry out a command in another way before its own handler does: when <c>stop</c> names no container, but a service of the
/// compose file in the current directory. It is asked before the number of arguments is checked.
/// </summary>
internal interface IVerbInterceptor
{
    /// <summary>The paths it wants to be asked about: <c>start</c>, <c>logs</c>, …</summary>
    IReadOnlySet<string> Verbs { get; }

    /// <returns>The exit code, or null when the command is to run as usual.</returns>
    Task<int?> TryRunAsync(CliSession session, string verb, Invocation line, CancellationToken cancellationToken);
}
