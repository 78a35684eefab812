using System.Globalization;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Compose;

/// <summary>The containers of a project, found by Docker Compose's labels.</summary>
internal static class ComposeContainers
{
    private const string ProjectLabel = "com.docker.compose.project";
    private const string ServiceLabel = "com.docker.compose.service";
    private const string NumberLabel = "com.docker.compose.container-number";
    private const string OneOffLabel = "com.docker.compose.oneoff";

    /// <summary>By service and number; with services named only theirs.</summary>
    /// <exception cref="CliException">A named service is no service of the project.</exception>
    public static async Task<IReadOnlyList<ContainerSummary>> ListAsync(
        CliSession session, string project, IReadOnlyList<string> known, IReadOnlyList<string> services, bool all, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerSummary> found = await session.Client.Containers.ListAsync(all, filters: new Filters().Add("label", $"{ProjectLabel}={project}"), cancellationToken: cancellationToken);
        ContainerSummary[] own = [.. found.Where(container => !IsOneOff(container))];
        foreach (string service in services)
        {
            if (!known.Contains(service) && !own.Any(container => Service(container) == service))
                throw new CliException($"no such service: {service}");
        }
        return [.. own.Where(container => services.Count == 0 || services.Contains(Service(container))).OrderBy(Service, StringComparer.Ordinal).ThenBy(Number)];
    }

    /// <summary>The container of a service with this number, running.</summary>
    public static async Task<ContainerSummary> OneAsync(CliSession session, string project, IReadOnlyList<string> known, string service, int? number, CancellationToken cancellationToken)
    {
        IReadOnlyList<ContainerSummary> running = await ListAsync(session, project, [.. known, service], [service], all: false, cancellationToken);
        return running.FirstOrDefault(container => number is null || Number(container) == number)
            ?? throw new CliException(number is null ? $"service \"{service}\" is not running" : $"service \"{service}\" is not running container #{number}");
    }

    public static string Name(ContainerSummary container) => container.Names is [var name, ..] ? name.TrimStart('/') : container.Id;

    public static string Service(ContainerSummary container) => Label(container, ServiceLabel);

    public static int Number(ContainerSummary container) => int.TryParse(Label(container, NumberLabel), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static bool IsOneOff(ContainerSummary container) => Label(container, OneOffLabel).Equals("true", StringComparison.OrdinalIgnoreCase);

    private static string Label(ContainerSummary container, string key) => container.Labels?.GetValueOrDefault(key) ?? "";
}
