using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Copying;

/// <summary>What <c>argosy cp</c> and <c>argosy volume cp</c> have in common.</summary>
internal static class CopyVerb
{
    /// <param name="session">Of the command.</param>
    /// <param name="kind">"container" or "volume", as in messages.</param>
    /// <param name="usage">The usage and description.</param>
    /// <param name="examples">For the help.</param>
    /// <param name="open">The side of that name.</param>
    public static VerbCommand Create(CliSession session, string kind, (string Usage, string Description) usage, string[] examples, Func<string, ICopySide> open)
    {
        Option<bool> archive = Flag.Bool("--archive", "Archive mode (copy all uid/gid information)", "-a");
        Option<bool> follow = Flag.Bool("--follow-link", "Always follow symbol link in SRC_PATH", "-L");
        Option<bool> quiet = Flag.Bool("--quiet", "Suppress progress output during copy", "-q");
        return new VerbCommand(usage.Usage, usage.Description) { archive, follow, quiet }.With(2, 2, examples).Runs(async (line, cancellationToken) =>
        {
            var source = CopyPlace.Parse(line.Arguments[0]);
            var target = CopyPlace.Parse(line.Arguments[1]);
            if (source.Path.Length == 0 || target.Path.Length == 0)
                throw new CliException(source.Path.Length == 0 ? "source can not be empty" : "destination can not be empty");
            if (source.Side is not null && target.Side is not null)
                throw new CliException($"copying between {kind}s is not supported");
            string side = source.Side ?? target.Side ?? throw new CliException($"must specify at least one {kind} source");
            var copy = new FileCopy(session, open(side)) { KeepsOwners = line.Get(archive), FollowsLinks = line.Get(follow) };
            if (source.Side is not null)
                await copy.FromSideAsync(source.Path, target.Path, cancellationToken);
            else
                await copy.ToSideAsync(source.Path, target.Path, cancellationToken);
            if (!line.Get(quiet) && session.Streams.OutputIsTerminal && target.Path != "-")
                await session.Error.WriteLineAsync($"Successfully copied {Units.HumanSize(copy.Bytes)} to {line.Arguments[1]}");
        });
    }
}
