using System.Globalization;
using System.Text;

namespace Argosy.Cli.Output;

/// <summary>How many columns of a terminal a text takes: two for the wide characters of East Asia and for pictures, none for what is put on another character.</summary>
internal static class TextWidth
{
    // Unicode's East Asian Width W and F, joined into few ranges.
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115f), (0x231a, 0x231b), (0x23e9, 0x23ec), (0x2e80, 0x303e), (0x3041, 0xa4cf), (0xa960, 0xa97c), (0xac00, 0xd7a3), (0xf900, 0xfaff),
        (0xfe30, 0xfe6f), (0xff00, 0xff60), (0xffe0, 0xffe6), (0x1f300, 0x1f64f), (0x1f680, 0x1f6fc), (0x1f7e0, 0x1f7eb), (0x1f90c, 0x1f9ff), (0x20000, 0x3fffd),
    ];

    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>The beginning that fits.</summary>
    public static string Cut(string text, int columns)
    {
        int used = 0, length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            used += Of(rune);
            if (used > columns)
                return text[..length];
            length += rune.Utf16SequenceLength;
        }
        return text;
    }

    private static int Of(Rune rune)
    {
        if (rune.Value < 0x300)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;
        return Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2 : 1;
    }
}
