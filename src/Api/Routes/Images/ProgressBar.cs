using System.Globalization;

namespace Argosy.Api.Routes.Images;

/// <summary>The bar as text, which old clients print as it is: <c>[====>   ]  1.2MB/3.4MB</c>.</summary>
internal static class ProgressBar
{
    private const int Width = 50;
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB"];

    internal static string Draw(long current, long total)
    {
        if (total <= 0)
            return Size(current).PadLeft(8);
        int done = (int)Math.Min(Width, current * Width / total);
        string bar = done == Width ? new string('=', Width) : new string('=', done) + ">" + new string(' ', Width - 1 - done);
        return $"[{bar}]  {Size(current)}/{Size(total)}";
    }

    /// <summary>Four significant digits, decimal units (go-units' HumanSize).</summary>
    internal static string Size(double bytes)
    {
        int unit = 0;
        for (; bytes >= 1000 && unit < Units.Length - 1; unit++)
            bytes /= 1000;
        return bytes.ToString("G4", CultureInfo.InvariantCulture) + Units[unit];
    }
}
