using System.Globalization;

namespace Argosy.Cli.Output;

/// <summary>Numbers for people, in the words of Docker's client (docker/go-units).</summary>
internal static class Units
{
    private static readonly string[] DecimalUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
    private static readonly string[] BinaryUnits = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>Powers of 1000 with four significant digits: <c>4.262MB</c>.</summary>
    public static string HumanSize(double bytes) => Format(bytes, 1000, DecimalUnits, 4);

    /// <summary>Powers of 1000 with the given significant digits.</summary>
    public static string HumanSize(double bytes, int digits) => Format(bytes, 1000, DecimalUnits, digits);

    /// <summary>Powers of 1024 with four significant digits: <c>3.809GiB</c>.</summary>
    public static string BytesSize(double bytes) => Format(bytes, 1024, BinaryUnits, 4);

    /// <summary>A rough duration: <c>About an hour</c>, <c>3 days</c>.</summary>
    public static string HumanDuration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => "Less than a second",
        { TotalSeconds: < 2 } => "1 second",
        { TotalMinutes: < 1 } => $"{(int)duration.TotalSeconds} seconds",
        { TotalMinutes: < 2 } => "About a minute",
        { TotalMinutes: < 60 } => $"{(int)duration.TotalMinutes} minutes",
        _ => LongDuration(duration, (int)(duration.TotalHours + 0.5)),
    };

    private static string LongDuration(TimeSpan duration, int hours) => hours switch
    {
        1 => "About an hour",
        < 48 => $"{hours} hours",
        < 24 * 7 * 2 => $"{hours / 24} days",
        < 24 * 30 * 2 => $"{hours / 24 / 7} weeks",
        < 24 * 365 * 2 => $"{hours / 24 / 30} months",
        _ => $"{(int)duration.TotalHours / 24 / 365} years",
    };

    /// <summary>Go's "%.Ng" followed by the unit.</summary>
    private static string Format(double size, double step, string[] units, int digits)
    {
        int unit = 0;
        while (size >= step && unit < units.Length - 1)
        {
            size /= step;
            unit++;
        }
        return size.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) is var text && text.Contains('E', StringComparison.Ordinal)
            ? Exponent(size, digits) + units[unit]
            : text + units[unit];
    }

    /// <summary>"%.4g" of 1023.6 is 1024, but "%.3g" of it is 1.02e+03.</summary>
    private static string Exponent(double size, int digits)
    {
        string mantissa = size.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int e = mantissa.IndexOf('E', StringComparison.Ordinal);
        string number = mantissa[..e].Contains('.', StringComparison.Ordinal) ? mantissa[..e].TrimEnd('0').TrimEnd('.') : mantissa[..e];
        return $"{number}e{mantissa[e + 1]}{mantissa[(e + 2)..].TrimStart('0').PadLeft(2, '0')}";
    }
}
