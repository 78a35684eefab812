using System.Globalization;
using Argosy.Cli.Output;

namespace Argosy.Cli.Containers;

/// <summary>The columns of <c>argosy stats</c>.</summary>
internal static class StatsTable
{
    private const string Default = "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}";

    public static ListFormat<StatsRow> Create(bool truncates) => new(
    [
        new("Container", "CONTAINER", row => row.Container),
        new("ID", "CONTAINER ID", row => Ids.Show(row.Id, truncates)),
        new("Name", "NAME", row => row.Name),
        new("CPUPerc", "CPU %", row => Known(row, Percent(row.Cpu))),
        new("MemUsage", "MEM USAGE / LIMIT", row => Pair(row, Units.BytesSize(row.Memory), Units.BytesSize(row.MemoryLimit))),
        new("MemPerc", "MEM %", row => Known(row, Percent(row.MemoryLimit == 0 ? 0 : row.Memory / (double)row.MemoryLimit * 100))),
        new("NetIO", "NET I/O", row => Pair(row, Units.HumanSize(row.Received, 3), Units.HumanSize(row.Sent, 3))),
        new("BlockIO", "BLOCK I/O", row => Pair(row, Units.HumanSize(row.BlockRead, 3), Units.HumanSize(row.BlockWritten, 3))),
        new("PIDs", "PIDS", row => Known(row, row.Pids.ToString(CultureInfo.InvariantCulture))),
    ], Default);

    private static string Known(StatsRow row, string text) => row.IsKnown ? text : "--";

    private static string Pair(StatsRow row, string left, string right) => row.IsKnown ? $"{left} / {right}" : "-- / --";

    private static string Percent(double value) => value.ToString("F2", CultureInfo.InvariantCulture) + "%";
}
