namespace Argosy.Cli.Output;

/// <summary>Ids as lists show them.</summary>
internal static class Ids
{
    private const int ShortLength = 12;

    /// <summary>Twelve digits without the algorithm, unless the whole id is wanted.</summary>
    public static string Show(string id, bool truncate) => truncate ? Short(id) : id;

    public static string Short(string id)
    {
        string digits = id.StartsWith("sha256:", StringComparison.Ordinal) ? id["sha256:".Length..] : id;
        return digits.Length > ShortLength ? digits[..ShortLength] : digits;
    }

    /// <summary>Cut with an ellipsis, as Docker cuts commands.</summary>
    public static string Ellipsis(string text, int length)
    {
        if (text.EnumerateRunes().Count() <= length)
            return text;
        return string.Concat(text.EnumerateRunes().Take(length - 1).Select(rune => rune.ToString())) + "…";
    }
}
