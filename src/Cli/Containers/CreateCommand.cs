using Argosy.Cli.CommandLine;
using Argosy.Cli.Containers.Options;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy create</c>.</summary>
internal static class CreateCommand
{
    public static VerbCommand Create(CliSession session)
    {
        var flags = new ContainerFlags();
        var command = new VerbCommand("[OPTIONS] IMAGE [COMMAND] [ARG...]", "Create a new container")
        {
            IsInterspersed = false,
            MinArguments = 1,
            Examples = ["argosy create --name web -p 8080:80 nginx", "argosy start web"],
        };
        flags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            var attach = StreamChoice.Read(line, flags.Process, isDetached: false);
            string id = await new ContainerCreation(session, flags).CreateAsync(
                line, flags.ToRequest(line, attach, Environment.GetEnvironmentVariable), cancellationToken);
            await session.Out.WriteLineAsync(id);
        });
    }
}
