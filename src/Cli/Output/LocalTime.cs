using System.Globalization;

namespace Argosy.Cli.Output;

/// <summary>Times as Go prints them in the user's time zone.</summary>
internal static class LocalTime
{
    /// <summary><c>2024-05-01 10:20:30 +0200 +0200</c>; in UTC <c>2024-05-01 10:20:30 +0000 UTC</c>.</summary>
    public static string Go(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, TimeZoneInfo.Local);
        string offset = local.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        return local.ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture) + offset + " " + (local.Offset == TimeSpan.Zero ? "UTC" : offset);
    }
}
