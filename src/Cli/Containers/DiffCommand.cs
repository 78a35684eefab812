using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy diff</c>.</summary>
internal static class DiffCommand
{
    public static VerbCommand Create(CliSession session) =>
        new VerbCommand("CONTAINER", "Inspect changes to files or directories on a container's filesystem").With(1, 1, "argosy diff web")
            .Runs(async (line, cancellationToken) =>
            {
                foreach (FilesystemChange change in await session.Client.Containers.ChangesAsync(line.Arguments[0], cancellationToken))
                    await session.Out.WriteLineAsync($"{Kind(change.Kind)} {change.Path}");
            });

    private static char Kind(int kind) => kind switch { 0 => 'C', 1 => 'A', 2 => 'D', _ => '?' };
}
