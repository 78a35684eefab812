using System.Globalization;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy wait</c>.</summary>
internal static class WaitCommand
{
    public static VerbCommand Create(CliSession session) =>
        new VerbCommand("CONTAINER [CONTAINER...]", "Block until one or more containers stop, then print their exit codes").With(1, "argosy wait job")
            .Runs((line, cancellationToken) => WaitAsync(session, line.Arguments, cancellationToken));

    private static async Task<int> WaitAsync(CliSession session, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        bool failed = false;
        foreach (string name in names)
        {
            try
            {
                ContainerWaitResponse answer = await session.Client.Containers.WaitAsync(name, cancellationToken: cancellationToken);
                await session.Out.WriteLineAsync(answer.StatusCode.ToString(CultureInfo.InvariantCulture));
            }
            catch (ApiException refusal)
            {
                failed = true;
                await session.Error.WriteLineAsync(FailureText.Refused(refusal));
            }
        }
        return failed ? 1 : 0;
    }
}
