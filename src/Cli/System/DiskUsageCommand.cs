using System.CommandLine;
using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.System;

/// <summary><c>argosy system df</c>.</summary>
internal static class DiskUsageCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'table', 'table TEMPLATE', 'json' or a Go template");
        Option<bool> verbose = Flag.Bool("--verbose", "Show detailed information on space usage", "-v");
        return new VerbCommand("[OPTIONS]", "Show disk usage") { format, verbose }.With(0, 0, "argosy system df", "argosy system df -v").Runs(async (line, cancellationToken) =>
        {
            if (line.Get(verbose) && line.Get(format) is not null)
                throw new CliException("the verbose and the format options conflict");
            using JsonDocument usage = await session.Client.System.DiskUsageRawAsync(cancellationToken);
            if (line.Get(verbose))
                new DiskUsageTables(session).Print(usage.RootElement);
            else
                Columns.Print(session, Rows(usage.RootElement), line.Get(format));
        });
    }

    private static ListFormat<Row> Columns { get; } = new(
    [
        new("Type", "TYPE", row => row.Type),
        new("TotalCount", "TOTAL", row => $"{row.Total}"),
        new("Active", "ACTIVE", row => $"{row.Active}"),
        new("Size", "SIZE", row => Units.HumanSize(row.Size)),
        new("Reclaimable", "RECLAIMABLE", row => row.Size > 0 ? $"{Units.HumanSize(row.Reclaimable)} ({row.Reclaimable * 100 / row.Size}%)" : Units.HumanSize(row.Reclaimable)),
    ], "{{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}");

    private static IReadOnlyList<Row> Rows(JsonElement usage) =>
        [Images(usage), Containers(List(usage, "Containers")), Volumes(List(usage, "Volumes")), BuildCache(List(usage, "BuildCache"))];

    /// <summary>What images share is counted once; used is what belongs to images of containers.</summary>
    private static Row Images(JsonElement usage)
    {
        JsonElement[] images = List(usage, "Images");
        JsonElement[] active = [.. images.Where(image => Number(image, "Containers") > 0)];
        long size = Number(usage, "LayersSize");
        long used = active.Sum(image => Number(image, "Size") - Math.Max(0, Number(image, "SharedSize")));
        return new Row("Images", images.Length, active.Length, size, Math.Max(0, size - used));
    }

    private static Row Containers(JsonElement[] containers)
    {
        JsonElement[] active = [.. containers.Where(container => Text(container, "State") is "running" or "paused" or "restarting")];
        long size = containers.Sum(container => Number(container, "SizeRw"));
        return new Row("Containers", containers.Length, active.Length, size, size - active.Sum(container => Number(container, "SizeRw")));
    }

    private static Row Volumes(JsonElement[] volumes)
    {
        JsonElement[] active = [.. volumes.Where(volume => Usage(volume, "RefCount") > 0)];
        long size = volumes.Sum(volume => Math.Max(0, Usage(volume, "Size")));
        return new Row("Local Volumes", volumes.Length, active.Length, size, size - active.Sum(volume => Math.Max(0, Usage(volume, "Size"))));
    }

    private static Row BuildCache(JsonElement[] entries)
    {
        JsonElement[] active = [.. entries.Where(entry => IsTrue(entry, "InUse"))];
        JsonElement[] own = [.. entries.Where(entry => !IsTrue(entry, "Shared"))];
        return new Row("Build Cache", entries.Length, active.Length, own.Sum(entry => Number(entry, "Size")), own.Where(entry => !IsTrue(entry, "InUse")).Sum(entry => Number(entry, "Size")));
    }

    private static JsonElement[] List(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static long Number(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.TryGetInt64(out long number) ? number : 0;

    private static long Usage(JsonElement volume, string name) =>
        volume.TryGetProperty("UsageData", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object ? Number(usage, name) : 0;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private sealed record Row(string Type, int Total, int Active, long Size, long Reclaimable);
}
