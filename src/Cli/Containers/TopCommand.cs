using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy top</c>.</summary>
internal static class TopCommand
{
    private const int ColumnWidth = 20;

    public static VerbCommand Create(CliSession session) =>
        new VerbCommand("CONTAINER [ps OPTIONS]", "Display the running processes of a container") { IsInterspersed = false }
            .With(1, "argosy top web", "argosy top web -o pid,comm")
            .Runs(async (line, cancellationToken) =>
            {
                string arguments = string.Join(' ', line.Arguments.Skip(1));
                ContainerTopResponse top = await session.Client.Containers.TopAsync(line.Arguments[0], arguments, cancellationToken);
                await session.Out.WriteAsync(Table.Format([top.Titles ?? [], .. top.Processes ?? []], ColumnWidth));
            });
}
