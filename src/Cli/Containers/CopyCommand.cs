using System.CommandLine;
using Argosy.Cli.Archives;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy cp</c>.</summary>
internal static class CopyCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> archive = Flag.Bool("--archive", "Archive mode (copy all uid/gid information)", "-a");
        Option<bool> follow = Flag.Bool("--follow-link", "Always follow symbol link in SRC_PATH", "-L");
        Option<bool> quiet = Flag.Bool("--quiet", "Suppress progress output during copy", "-q");
        return new VerbCommand("[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\targosy cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH", "Copy files/folders between a container and the local filesystem")
        {
            archive, follow, quiet,
        }.With(2, 2, "argosy cp web:/etc/nginx/nginx.conf .", "argosy cp ./site web:/usr/share/nginx/html", "argosy cp web:/var/log - | tar t").Runs(async (line, cancellationToken) =>
        {
            var source = CopyPlace.Parse(line.Arguments[0]);
            var target = CopyPlace.Parse(line.Arguments[1]);
            if (source.Path.Length == 0 || target.Path.Length == 0)
                throw new CliException(source.Path.Length == 0 ? "source can not be empty" : "destination can not be empty");
            if (source.Container is not null && target.Container is not null)
                throw new CliException("copying between containers is not supported");
            var copy = new ContainerCopy(session) { KeepsOwners = line.Get(archive), FollowsLinks = line.Get(follow) };
            if (source.Container is { } from)
                await copy.FromContainerAsync(from, source.Path, target.Path, cancellationToken);
            else if (target.Container is { } to)
                await copy.ToContainerAsync(source.Path, to, target.Path, cancellationToken);
            else
                throw new CliException("must specify at least one container source");
            if (!line.Get(quiet) && session.Streams.OutputIsTerminal && target.Path != "-")
                await session.Error.WriteLineAsync($"Successfully copied {Units.HumanSize(copy.Bytes)} to {line.Arguments[1]}");
        });
    }
}
