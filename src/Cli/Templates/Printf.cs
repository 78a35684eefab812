using System.Globalization;
using System.Text;

namespace Argosy.Cli.Templates;

/// <summary>Go's printf, as far as templates use it: <c>%s %d %v %q %t %f %x %%</c> with width, precision, "-" and "0".</summary>
internal static class Printf
{
    public static string Format(string format, IReadOnlyList<object?> arguments)
    {
        var output = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                output.Append(format[i]);
                continue;
            }
            int start = ++i;
            while (i < format.Length && (char.IsAsciiDigit(format[i]) || format[i] is '-' or '.' or '+'))
                i++;
            if (i == format.Length)
                return output.Append("%!(NOVERB)").ToString();
            if (format[i] == '%')
                output.Append('%');
            else
                output.Append(next < arguments.Count ? Verb(format[i], format[start..i], arguments[next++]) : $"%!{format[i]}(MISSING)");
        }
        return output.ToString();
    }

    private static string Verb(char verb, string flags, object? value)
    {
        string[] parts = flags.TrimStart('-', '0', '+').Split('.');
        int width = int.TryParse(parts[0], CultureInfo.InvariantCulture, out int number) ? number : 0;
        int? precision = parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int digits) ? digits : null;
        string text = verb switch
        {
            's' or 'v' => GoText.Print(value),
            'd' => value is long ? GoText.Print(value) : $"%!d({GoText.TypeName(value)}={GoText.Print(value)})",
            'q' => GoText.Json(GoText.Print(value)),
            't' => GoText.Print(value),
            'x' => value is long whole ? whole.ToString("x", CultureInfo.InvariantCulture) : Convert.ToHexStringLower(Encoding.UTF8.GetBytes(GoText.Print(value))),
            'f' => Convert.ToDouble(value ?? 0, CultureInfo.InvariantCulture).ToString("F" + (precision ?? 6).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            _ => $"%!{verb}({GoText.Print(value)})",
        };
        if (verb is 's' or 'v' && precision is { } length && text.Length > length)
            text = text[..length];
        if (flags.StartsWith('-'))
            return text.PadRight(width);
        return flags.StartsWith('0') ? text.PadLeft(width, '0') : text.PadLeft(width);
    }
}
