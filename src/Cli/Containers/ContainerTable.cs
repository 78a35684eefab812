using System.Globalization;
using Argosy.Cli.Output;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary>The columns of <c>argosy ps</c>.</summary>
internal static class ContainerTable
{
    private const string Default = "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";

    public static ListFormat<ContainerSummary> Create(TimeProvider clock, bool truncates, bool showsSize)
    {
        IReadOnlyList<Column<ContainerSummary>> columns =
        [
            new("ID", "CONTAINER ID", container => Ids.Show(container.Id, truncates)),
            new("Names", "NAMES", container => Names(container, truncates)),
            new("Image", "IMAGE", container => Image(container, truncates)),
            new("Command", "COMMAND", container => Command(container.Command, truncates)),
            new("CreatedAt", "CREATED AT", container => LocalTime.Go(DateTimeOffset.FromUnixTimeSeconds(container.Created))),
            new("RunningFor", "CREATED", container => Age(clock, container.Created)),
            new("Ports", "PORTS", container => PortList.Format(container.Ports ?? [])),
            new("State", "STATE", container => container.State),
            new("Status", "STATUS", container => container.Status),
            new("Size", "SIZE", Size),
            new("Labels", "LABELS", container => string.Join(',', (container.Labels ?? Empty).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))),
            new("Mounts", "MOUNTS", container => Mounts(container, truncates)),
            new("LocalVolumes", "LOCAL VOLUMES", container => (container.Mounts ?? []).Count(mount => mount.Driver == "local").ToString(CultureInfo.InvariantCulture)),
            new("Networks", "NETWORKS", container => string.Join(',', (container.NetworkSettings?.Networks?.Keys ?? []).Order(StringComparer.Ordinal))),
        ];
        return new ListFormat<ContainerSummary>(columns, showsSize ? Default + "\t{{.Size}}" : Default)
        {
            Methods = new Dictionary<string, Func<ContainerSummary, IReadOnlyList<object?>, object?>>
            {
                ["Label"] = (container, arguments) => container.Labels?.GetValueOrDefault(arguments[0] as string ?? "") ?? "",
            },
        };
    }

    private static IReadOnlyDictionary<string, string> Empty { get; } = new Dictionary<string, string>();

    /// <summary>Names that come from links have a second slash, and are left out.</summary>
    private static string Names(ContainerSummary container, bool truncates)
    {
        IEnumerable<string> names = (container.Names ?? []).Select(name => name.TrimStart('/'));
        return string.Join(',', truncates ? names.Where(name => !name.Contains('/', StringComparison.Ordinal)) : names);
    }

    private static string Image(ContainerSummary container, bool truncates)
    {
        if (container.Image.Length == 0)
            return "<no image>";
        if (!truncates)
            return container.Image;
        if (container.Image == container.ImageId)
            return Ids.Short(container.ImageId);
        int at = container.Image.IndexOf('@', StringComparison.Ordinal);
        return at > 0 ? container.Image[..at] : container.Image;
    }

    private static string Command(string command, bool truncates) =>
        "\"" + (truncates ? Ids.Ellipsis(command, 20) : command).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "\"";

    private static string Age(TimeProvider clock, long seconds)
    {
        TimeSpan age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        return Units.HumanDuration(age < TimeSpan.Zero ? TimeSpan.Zero : age) + " ago";
    }

    private static string Size(ContainerSummary container)
    {
        string own = Units.HumanSize(container.SizeRw ?? 0, 3);
        return container.SizeRootFs is > 0 and var all ? $"{own} (virtual {Units.HumanSize(all, 3)})" : own;
    }

    private static string Mounts(ContainerSummary container, bool truncates) =>
        string.Join(',', (container.Mounts ?? []).Select(mount => string.IsNullOrEmpty(mount.Name) ? mount.Source : mount.Name)
            .Select(name => truncates ? Ids.Ellipsis(name, 15) : name));
}
