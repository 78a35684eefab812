using System.CommandLine;
using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.System;

namespace Argosy.Cli.System;

/// <summary><c>argosy system fsck</c>: exit code 0 when everything is, or is again, as it should be; 1 when something is not.</summary>
internal static class StoreCheckCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> repair = Flag.Bool("--repair", "Remove strays, unpack damaged layers again, forget what cannot be mended");
        Option<bool> quick = Flag.Bool("--quick", "Presence, sizes and references only; read no content");
        Option<string?> format = Flag.Text("--format", "'json' prints the engine's report");
        return new VerbCommand("[OPTIONS]", "Verify everything in the data root: images, layers, containers, volumes, caches of builds") { repair, quick, format }
            .With(0, 0, "argosy system fsck", "argosy system fsck --repair").Runs(async (line, cancellationToken) =>
        {
            StoreCheckReport report = await session.Client.System.CheckStoresAsync(line.Get(repair), line.Get(quick), cancellationToken);
            await session.Out.WriteLineAsync(line.Get(format) switch
            {
                null => Format(report),
                "json" => JsonSerializer.Serialize(report, SystemJson.Default.StoreCheckReport),
                var other => throw new CliException($"unknown format {other}: only json is known"),
            });
            return report.Faults.All(fault => fault.IsRepaired) ? 0 : 1;
        });
    }

    private static string Format(StoreCheckReport report) => string.Join('\n', (IEnumerable<string>)
    [
        $"{report.Blobs} blobs ({Units.HumanSize(report.BlobBytes)}), {report.Layers} layers ({Units.HumanSize(report.LayerBytes)}, {report.ComparedLayers} compared with their blobs), {report.Images} images, {report.Snapshots} containers ({Units.HumanSize(report.ContainerBytes)}), {report.Volumes} volumes ({Units.HumanSize(report.VolumeBytes)}), {report.BuildMounts} cache mounts ({Units.HumanSize(report.BuildMountBytes)})",
        $"{Units.HumanSize(report.DiskBytes)} on disk",
        .. report.UnreferencedBytes > 0 ? [$"{Units.HumanSize(report.UnreferencedBytes)} that nothing refers to: 'argosy image prune' removes it"] : Array.Empty<string>(),
        .. report.Faults.Select(fault => $"{fault.Kind} {fault.Subject}: {fault.Reason}{(fault.Repair is null ? "" : "; " + fault.Repair)}"),
        report.Faults.Count == 0 ? "everything is as it should be" : $"{report.Faults.Count} faults, {report.Faults.Count(fault => fault.IsRepaired)} repaired",
    ]);
}
