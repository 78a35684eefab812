using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Volumes;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume ls</c>.</summary>
internal static class VolumeListCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string[]> filter = Flag.List("--filter", "filter", "Provide filter values (e.g. \"dangling=true\")", ["-f"]);
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        Option<bool> quiet = Flag.Bool("--quiet", "Only display volume names", "-q");
        return new VerbCommand("[OPTIONS]", "List volumes") { filter, format, quiet }.With(0, 0, "argosy volume ls --filter dangling=true").Runs(async (line, cancellationToken) =>
        {
            VolumeListResponse response = await session.Client.Volumes.ListAsync(FilterArguments.Parse(line, filter), cancellationToken);
            IEnumerable<Volume> volumes = (response.Volumes ?? []).OrderBy(volume => volume.Name, StringComparer.Ordinal);
            if (line.Get(quiet) && line.Get(format) is null)
                await session.Out.WriteAsync(string.Concat(volumes.Select(volume => volume.Name + "\n")));
            else
                Columns.Print(session, volumes, line.Get(format));
        });
    }

    private static ListFormat<Volume> Columns { get; } = new(
    [
        new("Name", "VOLUME NAME", volume => volume.Name),
        new("Driver", "DRIVER", volume => volume.Driver),
        new("Scope", "SCOPE", volume => volume.Scope),
        new("Mountpoint", "MOUNTPOINT", volume => volume.Mountpoint),
        new("Labels", "LABELS", volume => string.Join(',', (volume.Labels ?? new Dictionary<string, string>()).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))),
        new("Links", "LINKS", volume => volume.UsageData is { RefCount: >= 0 } usage ? $"{usage.RefCount}" : "N/A"),
        new("Size", "SIZE", volume => volume.UsageData is { Size: >= 0 } usage ? Units.HumanSize(usage.Size) : "N/A"),
        new("Availability", "AVAILABILITY", _ => "N/A"),
        new("Group", "GROUP", _ => "N/A"),
        new("Status", "STATUS", _ => "N/A"),
    ], "{{.Driver}}\t{{.Name}}")
    {
        Methods = new Dictionary<string, Func<Volume, IReadOnlyList<object?>, object?>>
        {
            ["Label"] = (volume, arguments) => volume.Labels?.GetValueOrDefault(arguments[0] as string ?? "") ?? "",
        },
    };
}
