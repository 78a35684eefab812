using System.CommandLine;
using System.Globalization;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Containers;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;
using Argosy.Contract.Stacks;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy compose ps</c> and <c>ls</c>.</summary>
internal static class ListCommands
{
    private const string PsTable = "{{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}";

    public static VerbCommand CreatePs(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Show all stopped containers", "-a");
        Option<bool> quiet = Flag.Bool("--quiet", "Only display IDs", "-q");
        Option<bool> services = Flag.Bool("--services", "Display services");
        Option<string?> format = Flag.Text("--format", "Format output: 'table', 'json' or a Go template");
        Option<string[]> status = Flag.List("--status", "Filter services by status (\"paused\"|\"restarting\"|\"running\"|\"created\"|\"exited\")");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "List the containers of a project") { all, quiet, services, format, status }.With(0, "argosy compose ps -a");
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            (string project, IReadOnlyList<string> known) = flags.Identify(session, line);
            IReadOnlyList<string> states = line.GetAll(status);
            IReadOnlyList<ContainerSummary> containers = await ComposeContainers.ListAsync(session, project, known, line.Arguments, line.Get(all) || states.Count > 0, cancellationToken);
            ContainerSummary[] shown = [.. containers.Where(container => states.Count == 0 || states.Contains(container.State))];
            if (line.Get(quiet))
                await session.Out.WriteAsync(string.Concat(shown.Select(container => container.Id + "\n")));
            else if (line.Get(services))
                await session.Out.WriteAsync(string.Concat(shown.Select(ComposeContainers.Service).Distinct().Select(name => name + "\n")));
            else
                Table(session.Clock).Print(session, shown, line.Get(format));
        });
    }

    public static VerbCommand CreateLs(CliSession session)
    {
        Option<bool> all = Flag.Bool("--all", "Show all stopped projects", "-a");
        Option<bool> quiet = Flag.Bool("--quiet", "Only display project names", "-q");
        Option<string?> format = Flag.Text("--format", "Format output: 'table', 'json' or a Go template");
        return new VerbCommand("[OPTIONS]", "List projects") { all, quiet, format }.With(0, 0).Runs(async (line, cancellationToken) =>
        {
            IReadOnlyList<StackSummary> stacks = await session.Client.Stacks.ListAsync(cancellationToken);
            StackSummary[] shown = [.. stacks.Where(stack => line.Get(all) || stack.Status.Contains("running", StringComparison.Ordinal))];
            if (line.Get(quiet))
                await session.Out.WriteAsync(string.Concat(shown.Select(stack => stack.Name + "\n")));
            else
                Projects.Print(session, shown, line.Get(format));
        });
    }

    private static ListFormat<StackSummary> Projects { get; } = new(
    [
        new("Name", "NAME", stack => stack.Name),
        new("Status", "STATUS", stack => stack.Status),
        new("ConfigFiles", "CONFIG FILES", stack => string.Join(',', stack.ConfigFiles)),
    ], "{{.Name}}\t{{.Status}}\t{{.ConfigFiles}}");

    private static ListFormat<ContainerSummary> Table(TimeProvider clock) => new(
    [
        new("ID", "CONTAINER ID", container => container.Id),
        new("Name", "NAME", ComposeContainers.Name),
        new("Image", "IMAGE", container => container.Image),
        new("Command", "COMMAND", container => "\"" + Ids.Ellipsis(container.Command, 20) + "\""),
        new("Service", "SERVICE", ComposeContainers.Service),
        new("RunningFor", "CREATED", container => Age(clock, container.Created)),
        new("State", "STATE", container => container.State),
        new("Status", "STATUS", container => container.Status),
        new("Ports", "PORTS", container => PortList.Format(container.Ports ?? [])),
        new("Project", "PROJECT", container => container.Labels?.GetValueOrDefault("com.docker.compose.project") ?? ""),
        new("Number", "NUMBER", container => ComposeContainers.Number(container).ToString(CultureInfo.InvariantCulture)),
    ], PsTable);

    private static string Age(TimeProvider clock, long seconds)
    {
        TimeSpan age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        return Units.HumanDuration(age < TimeSpan.Zero ? TimeSpan.Zero : age) + " ago";
    }
}
