using System.Text.Json;
using Argosy.Cli.Containers;
using Argosy.Cli.Images;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;
using Argosy.Contract.Images;
using Argosy.Contract.System;
using Argosy.Contract.Volumes;

namespace Argosy.Cli.System;

/// <summary><c>argosy system df -v</c>: a table for each kind of object, as Docker's client prints them.</summary>
internal sealed class DiskUsageTables(CliSession session)
{
    public void Print(JsonElement raw)
    {
        DiskUsage usage = raw.Deserialize(SystemJson.Default.DiskUsage)!;
        session.Out.Write("Images space usage:\n\n");
        IEnumerable<ImageRow> images = (usage.Images ?? []).SelectMany(image => ImageRow.Of(image, withDigests: false));
        ImageListCommand.Columns(session.Clock, truncates: true, showsDigests: false)
            .Print(session, images, "table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}");
        session.Out.Write("\nContainers space usage:\n\n");
        // What is shared with the image is in the first table.
        IEnumerable<ContainerSummary> containers = (usage.Containers ?? []).Select(container => container with { SizeRootFs = 0 });
        ContainerTable.Create(session.Clock, truncates: true, showsSize: true)
            .Print(session, containers, "table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}");
        session.Out.Write("\nLocal Volumes space usage:\n\n");
        Volumes.Print(session, usage.Volumes ?? [], null);
        IReadOnlyList<BuildCacheUsage> cache = usage.BuildCache ?? [];
        session.Out.Write($"\nBuild cache usage: {Units.HumanSize(cache.Where(entry => !entry.Shared).Sum(entry => entry.Size))}\n\n");
        BuildCache.Print(session, cache, null);
    }

    private static ListFormat<Volume> Volumes { get; } = new(
    [
        new("Name", "VOLUME NAME", volume => volume.Name),
        new("Links", "LINKS", volume => volume.UsageData is { RefCount: >= 0 } usage ? $"{usage.RefCount}" : "N/A"),
        new("Size", "SIZE", volume => volume.UsageData is { Size: >= 0 } usage ? Units.HumanSize(usage.Size) : "N/A"),
    ], "{{.Name}}\t{{.Links}}\t{{.Size}}");

    private ListFormat<BuildCacheUsage> BuildCache => new(
    [
        new("ID", "CACHE ID", entry => Ids.Short(entry.Id) + (entry.InUse ? "*" : "")),
        new("CacheType", "CACHE TYPE", entry => entry.Type),
        new("Size", "SIZE", entry => Units.HumanSize(entry.Size, 3)),
        new("CreatedSince", "CREATED", entry => ImageListCommand.Since(session.Clock, entry.CreatedAt.ToUnixTimeSeconds())),
        new("LastUsedSince", "LAST USED", entry => ImageListCommand.Since(session.Clock, entry.LastUsedAt.ToUnixTimeSeconds())),
        new("UsageCount", "USAGE", entry => $"{entry.UsageCount}"),
        new("Shared", "SHARED", entry => entry.Shared ? "true" : "false"),
    ], "{{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}");
}
