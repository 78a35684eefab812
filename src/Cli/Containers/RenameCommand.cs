using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy rename</c>.</summary>
internal static class RenameCommand
{
    public static VerbCommand Create(CliSession session) =>
        new VerbCommand("CONTAINER NEW_NAME", "Rename a container").With(2, 2, "argosy rename web web-old")
            .Runs(async (line, cancellationToken) =>
            {
                try
                {
                    await session.Client.Containers.RenameAsync(line.Arguments[0], line.Arguments[1], cancellationToken);
                }
                catch (ApiException refusal)
                {
                    throw new CliException($"{FailureText.Refused(refusal)}\nError: failed to rename container named {line.Arguments[0]}");
                }
            });
}
