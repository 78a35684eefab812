using System.CommandLine;
using System.Globalization;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy compose rm|kill|top|port</c>: what is done with each of a project's containers.</summary>
internal static class ContainerCommands
{
    public static VerbCommand CreateRemove(CliSession session)
    {
        Option<bool> force = Flag.Bool("--force", "Don't ask to confirm removal", "-f");
        Option<bool> stop = Flag.Bool("--stop", "Stop the containers, if required, before removing", "-s");
        Option<bool> volumes = Flag.Bool("--volumes", "Remove any anonymous volumes attached to containers", "-v");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "Remove stopped service containers") { force, stop, volumes }.With(0);
        ProjectFlags flags = ProjectFlags.AddTo(command, hasShortNames: false);
        return command.Runs(async (line, cancellationToken) =>
        {
            (string project, IReadOnlyList<string> known) = flags.Identify(session, line);
            if (line.Get(stop))
                await new StackProgressPrinter(session).PrintAsync(session.Client.Stacks.StopAsync(project, line.Arguments, cancellationToken: cancellationToken), cancellationToken);
            IReadOnlyList<ContainerSummary> containers = await ComposeContainers.ListAsync(session, project, known, line.Arguments, all: true, cancellationToken);
            ContainerSummary[] stopped = [.. containers.Where(container => container.State is not ("running" or "paused" or "restarting"))];
            if (stopped.Length == 0)
                await session.Error.WriteLineAsync("No stopped containers");
            else if (line.Get(force) || await ConfirmAsync(session, stopped))
                await Task.WhenAll(stopped.Select(container => RemoveAsync(session, container, line.Get(volumes), cancellationToken)));
        });
    }

    public static VerbCommand CreateKill(CliSession session)
    {
        Option<string?> signal = Flag.Text("--signal", "SIGNAL to send to the containers (default \"SIGKILL\")", "-s");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "Force stop service containers") { signal }.With(0);
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            IReadOnlyList<ContainerSummary> running = await RunningAsync(session, flags, line, line.Arguments, cancellationToken);
            if (running.Count == 0)
                throw new CliException("no container to kill");
            await Task.WhenAll(running.Select(async container =>
            {
                await session.Client.Containers.KillAsync(container.Id, line.Get(signal), cancellationToken);
                await session.Error.WriteLineAsync($" Container {ComposeContainers.Name(container)}  Killed");
            }));
        });
    }

    public static VerbCommand CreateTop(CliSession session)
    {
        var command = new VerbCommand("[SERVICE...]", "Display the running processes of services").With(0);
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            foreach (ContainerSummary container in await RunningAsync(session, flags, line, line.Arguments, cancellationToken))
            {
                ContainerTopResponse top = await session.Client.Containers.TopAsync(container.Id, cancellationToken: cancellationToken);
                await session.Out.WriteLineAsync(ComposeContainers.Name(container));
                await session.Out.WriteLineAsync(Table.Format([top.Titles ?? [], .. top.Processes ?? []]));
            }
        });
    }

    public static VerbCommand CreatePort(CliSession session)
    {
        Option<string?> protocol = Flag.Text("--protocol", "tcp or udp (default \"tcp\")");
        Option<int?> index = Flag.Int("--index", "Index of the container if the service has several");
        var command = new VerbCommand("[OPTIONS] SERVICE PRIVATE_PORT", "Print the public port for a port binding") { protocol, index }.With(2, 2);
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            (string project, IReadOnlyList<string> known) = flags.Identify(session, line);
            ContainerSummary container = await ComposeContainers.OneAsync(session, project, known, line.Arguments[0], line.Get(index), cancellationToken);
            string type = line.Get(protocol) ?? "tcp";
            Port? port = (container.Ports ?? []).FirstOrDefault(candidate => candidate.PublicPort != 0 && candidate.Type == type && candidate.PrivatePort.ToString(CultureInfo.InvariantCulture) == line.Arguments[1]);
            if (port is null)
                throw new CliException($"no port {line.Arguments[1]}/{type} for container {ComposeContainers.Name(container)}");
            await session.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{port.IP}:{port.PublicPort}"));
        });
    }

    private static async Task<IReadOnlyList<ContainerSummary>> RunningAsync(CliSession session, ProjectFlags flags, Invocation line, IReadOnlyList<string> services, CancellationToken cancellationToken)
    {
        (string project, IReadOnlyList<string> known) = flags.Identify(session, line);
        return await ComposeContainers.ListAsync(session, project, known, services, all: false, cancellationToken);
    }

    private static async Task RemoveAsync(CliSession session, ContainerSummary container, bool volumes, CancellationToken cancellationToken)
    {
        await session.Client.Containers.RemoveAsync(container.Id, volumes, cancellationToken: cancellationToken);
        await session.Error.WriteLineAsync($" Container {ComposeContainers.Name(container)}  Removed");
    }

    private static async Task<bool> ConfirmAsync(CliSession session, ContainerSummary[] containers)
    {
        await session.Out.WriteAsync($"? Going to remove {string.Join(", ", containers.Select(ComposeContainers.Name))} [yN] ");
        using var input = new StreamReader(session.Streams.Input, leaveOpen: true);
        string? answer = await input.ReadLineAsync();
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
