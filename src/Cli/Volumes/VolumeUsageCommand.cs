using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Volumes;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume du</c>.</summary>
internal static class VolumeUsageCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        return new VerbCommand("[OPTIONS] [VOLUME...]", "Show how much disk space volumes take, the largest first") { format }
            .With(0, "argosy volume du", "argosy volume du data").Runs(async (line, cancellationToken) =>
            {
                IReadOnlyList<Volume> all = (await session.Client.Volumes.UsageAsync(cancellationToken)).Volumes ?? [];
                if (line.Arguments.FirstOrDefault(name => all.All(volume => volume.Name != name)) is { } missing)
                    throw new CliException($"get {missing}: no such volume");
                IEnumerable<Volume> shown = line.Arguments.Count == 0 ? all : all.Where(volume => line.Arguments.Contains(volume.Name));
                Columns.Print(session, shown.OrderByDescending(volume => volume.UsageData?.Size ?? 0).ThenBy(volume => volume.Name, StringComparer.Ordinal), line.Get(format));
            });
    }

    private static ListFormat<Volume> Columns { get; } = new(
    [
        new("Name", "VOLUME NAME", volume => volume.Name),
        new("Links", "CONTAINERS", volume => $"{volume.UsageData?.RefCount ?? 0}"),
        new("Size", "SIZE", volume => volume.UsageData is { Size: >= 0 } usage ? Units.HumanSize(usage.Size) : "N/A"),
    ], "{{.Name}}\t{{.Links}}\t{{.Size}}");
}
