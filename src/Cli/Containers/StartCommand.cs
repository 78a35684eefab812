using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Compose;
using Argosy.Cli.Containers.Options;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy start</c>.</summary>
internal static class StartCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> attach = Flag.Bool("--attach", "Attach STDOUT/STDERR and forward signals", "-a");
        Option<bool> interactive = Flag.Bool("--interactive", "Attach container's STDIN", "-i");
        Option<string?> detachKeys = Flag.Text("--detach-keys", "Override the key sequence for detaching a container");
        return new VerbCommand("[OPTIONS] CONTAINER [CONTAINER...]", "Start one or more stopped containers")
        {
            attach, interactive, detachKeys,
        }.With(minArguments: 1, "argosy start web", "argosy start -ai shell").Runs((line, cancellationToken) =>
            line.Get(attach) || line.Get(interactive)
                ? StartAttachedAsync(session, line.Arguments, line.Get(interactive), session.DetachKeysOr(line.Get(detachKeys)), cancellationToken)
                : EachObject.DoAsync(
                    session, line.Arguments,
                    name => ServiceFallback.EachAsync(
                        session, name, id => session.Client.Containers.StartAsync(id, cancellationToken: cancellationToken), cancellationToken),
                    "Error: failed to start containers"));
    }

    private static async Task<int> StartAttachedAsync(
        CliSession session, IReadOnlyList<string> names, bool isInteractive, string? detachKeys, CancellationToken cancellationToken)
    {
        if (names.Count > 1)
            throw new CliException("you cannot start and attach multiple containers at once");
        ContainerInspect container = await session.Client.Containers.InspectAsync(names[0], cancellationToken: cancellationToken);
        var config = container.Config ?? new ContainerConfig();
        var run = new RunInForeground(
            session, new Attachment(isInteractive && config.OpenStdin, true, true), config.Tty, container.HostConfig?.AutoRemove ?? false)
        {
            DetachKeys = detachKeys,
        };
        return await run.StartAsync(container.Id, cancellationToken);
    }
}
