using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Compose;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy up</c>.</summary>
internal static class UpCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> detach = Flag.Bool("--detach", "Run containers in the background", "-d");
        Option<bool> build = Flag.Bool("--build", "Build images before starting containers");
        Option<bool> noBuild = Flag.Bool("--no-build", "Don't build an image, even if it's missing");
        Option<bool> forceRecreate = Flag.Bool("--force-recreate", "Recreate containers even if their configuration and image haven't changed");
        Option<bool> noRecreate = Flag.Bool("--no-recreate", "If containers already exist, don't recreate them");
        Option<bool> noDeps = Flag.Bool("--no-deps", "Don't start linked services");
        Option<bool> noStart = Flag.Bool("--no-start", "Don't start the services after creating them");
        Option<bool> removeOrphans = Flag.Bool("--remove-orphans", "Remove containers for services not defined in the compose file");
        Option<bool> renew = Flag.Bool("--renew-anon-volumes", "Recreate anonymous volumes instead of retrieving data from the previous containers", "-V");
        Option<bool> wait = Flag.Bool("--wait", "Wait for services to be running|healthy; implies detached mode");
        Option<bool> quietPull = Flag.Bool("--quiet-pull", "Pull without printing progress information");
        Option<string[]> scale = Flag.List("--scale", "scale", "Scale SERVICE to NUM instances, SERVICE=NUM", []);
        Option<string?> pull = Flag.Text("--pull", "Pull image before running (\"always\"|\"missing\"|\"never\")");
        Option<int?> timeout = Flag.Int("--timeout", "Seconds to wait for containers to stop when they are recreated", "-t");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "Build, create and start the services of a compose file")
        {
            detach, build, noBuild, forceRecreate, noRecreate, noDeps, noStart, removeOrphans, renew, wait, quietPull, scale, pull, timeout,
        }.With(0, "argosy up -d", "argosy up -d --build --scale web=3", "argosy -H unix:///run/argosy/argosy.sock up -f compose.yaml db");
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            if (line.Get(forceRecreate) && line.Get(noRecreate))
                throw new CliException("--force-recreate and --no-recreate are incompatible");
            if (line.Get(build) && line.Get(noBuild))
                throw new CliException("--build and --no-build are incompatible");
            ComposeProject project = flags.Load(session, line, line.Arguments);
            DateTimeOffset begun = session.Clock.GetUtcNow();
            if (!line.Get(noBuild))
                await new ServiceBuilder(session, project.Spec).EnsureAsync(line.Arguments, withDependencies: !line.Get(noDeps), force: line.Get(build), cancellationToken);
            var request = new StackUpRequest(project.Spec)
            {
                Services = line.Arguments,
                Known = [.. project.Disabled.Keys],
                Scale = line.GetAll(scale),
                Recreate = line.Get(forceRecreate) ? "force" : line.Get(noRecreate) ? "never" : null,
                Pull = line.Get(pull),
                NoDependencies = line.Get(noDeps),
                RemoveOrphans = line.Get(removeOrphans),
                NoStart = line.Get(noStart),
                RenewAnonymousVolumes = line.Get(renew),
                Wait = line.Get(wait),
                Timeout = line.Get(timeout),
            };
            await new StackProgressPrinter(session) { IsQuietPull = line.Get(quietPull) }.PrintAsync(session.Client.Stacks.UpAsync(request, cancellationToken), cancellationToken);
            return line.Get(detach) || line.Get(wait) || line.Get(noStart) ? 0 : await AttachAsync(session, project, line.Arguments, begun, cancellationToken);
        });
    }

    private static async Task<int> AttachAsync(CliSession session, ComposeProject project, IReadOnlyList<string> services, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerSummary> all = await ComposeContainers.ListAsync(session, project.Spec.Name, [.. project.Spec.Services.Keys], services, all: true, cancellationToken);
        ContainerSummary[] shown = [.. all.Where(container => project.Spec.Services.TryGetValue(ComposeContainers.Service(container), out var service) && service.Attach is not false)];
        return await new AttachedStack(session, project.Spec.Name).FollowAsync(shown, begun, cancellationToken);
    }
}
