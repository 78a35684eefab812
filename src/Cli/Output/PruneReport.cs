using System.Text;

namespace Argosy.Cli.Output;

/// <summary>What a prune command tells.</summary>
internal static class PruneReport
{
    public const string BuildCache = "Deleted build cache objects:";

    /// <summary>The removed names under a heading, and the space; a null space is not told.</summary>
    public static string Format(string heading, IReadOnlyList<string>? removed, ulong? reclaimed)
    {
        var text = new StringBuilder();
        if (removed is { Count: > 0 })
            text.Append(heading).Append('\n').AppendJoin('\n', removed).Append("\n\n");
        if (reclaimed is { } bytes)
            text.Append("Total reclaimed space: ").Append(Units.HumanSize(bytes)).Append('\n');
        return text.ToString();
    }
}
