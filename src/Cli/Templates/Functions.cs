using System.Collections;
using System.Globalization;
using System.Text;

namespace Argosy.Cli.Templates;

/// <summary>The functions of Docker's templates: Go's own, and json, join, split, upper, lower, title, pad, truncate.</summary>
internal static class Functions
{
    public static object? Call(string name, IReadOnlyList<object?> arguments) => name switch
    {
        "json" => GoText.Json(Need(arguments, 1, name)[0]),
        "upper" => Text(arguments, 0, name).ToUpperInvariant(),
        "lower" => Text(arguments, 0, name).ToLowerInvariant(),
        "title" => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Text(arguments, 0, name)),
        "join" => string.Join(Text(arguments, 1, name), List(Need(arguments, 2, name)[0]).Select(GoText.Print)),
        "split" => Text(arguments, 0, name).Split(Text(arguments, 1, name)).ToList<object?>(),
        "truncate" => Truncate(Text(arguments, 0, name), (int)Number(arguments, 1, name)),
        "pad" => Pad(Text(arguments, 0, name), (int)Number(arguments, 1, name), (int)Number(arguments, 2, name)),
        "len" => Length(Need(arguments, 1, name)[0]),
        "index" => arguments.Skip(1).Aggregate(Need(arguments, 1, name)[0], Index),
        "slice" => Slice(arguments),
        "print" => string.Concat(arguments.Select(GoText.Print)),
        "println" => string.Join(' ', arguments.Select(GoText.Print)) + "\n",
        "printf" => Printf.Format(Text(arguments, 0, name), [.. arguments.Skip(1)]),
        "not" => !GoText.IsTrue(Need(arguments, 1, name)[0]),
        "eq" => Need(arguments, 2, name).Skip(1).Any(other => AreEqual(arguments[0], other)),
        "ne" => !AreEqual(Need(arguments, 2, name)[0], arguments[1]),
        "lt" => Compare(arguments, name) < 0,
        "le" => Compare(arguments, name) <= 0,
        "gt" => Compare(arguments, name) > 0,
        "ge" => Compare(arguments, name) >= 0,
        _ => throw new TemplateException($"function \"{name}\" not defined"),
    };

    private static IReadOnlyList<object?> Need(IReadOnlyList<object?> arguments, int count, string name) => arguments.Count >= count
        ? arguments
        : throw new TemplateException($"wrong number of args for {name}: want {count} got {arguments.Count}");

    private static string Text(IReadOnlyList<object?> arguments, int index, string name) => Need(arguments, index + 1, name)[index] switch
    {
        string text => text,
        null => "",
        var other => GoText.Print(other),
    };

    private static long Number(IReadOnlyList<object?> arguments, int index, string name) => Need(arguments, index + 1, name)[index] switch
    {
        long number => number,
        double number => (long)number,
        _ => throw new TemplateException($"expected integer in {name}"),
    };

    private static IEnumerable<object?> List(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable list => list.Cast<object?>(),
        _ => throw new TemplateException($"{GoText.Print(value)} is no list"),
    };

    private static long Length(object? value) => value switch
    {
        null => 0,
        string text => Encoding.UTF8.GetByteCount(text),
        IReadOnlyDictionary<string, object?> map => map.Count,
        IEnumerable list => list.Cast<object?>().Count(),
        _ => throw new TemplateException($"len of type {GoText.TypeName(value)}"),
    };

    private static object? Index(object? value, object? key) => (value, key) switch
    {
        (IReadOnlyDictionary<string, object?> map, string name) => map.TryGetValue(name, out object? found) ? found : "",
        (string text, long position) when position >= 0 && position < text.Length => (long)text[(int)position],
        (null, _) => throw new TemplateException("index of untyped nil"),
        (IEnumerable and not string, long position) => List(value).ElementAtOrDefault((int)position)
            ?? throw new TemplateException($"error calling index: index out of range: {position}"),
        _ => throw new TemplateException($"can't index item of type {GoText.TypeName(value)}"),
    };

    private static object? Slice(IReadOnlyList<object?> arguments)
    {
        string text = Text(arguments, 0, "slice");
        int from = arguments.Count > 1 ? (int)Number(arguments, 1, "slice") : 0;
        int to = arguments.Count > 2 ? (int)Number(arguments, 2, "slice") : text.Length;
        return from >= 0 && from <= to && to <= text.Length ? text[from..to] : throw new TemplateException($"error calling slice: index out of range: {to}");
    }

    private static string Truncate(string text, int length) => text.Length <= length ? text : text[..length];

    private static string Pad(string text, int before, int after) => text.Length == 0 ? text : new string(' ', before) + text + new string(' ', after);

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (long or double, long or double) => Convert.ToDouble(left, CultureInfo.InvariantCulture) == Convert.ToDouble(right, CultureInfo.InvariantCulture),
        _ => Equals(left, right),
    };

    private static int Compare(IReadOnlyList<object?> arguments, string name) => (Need(arguments, 2, name)[0], arguments[1]) switch
    {
        (string left, string right) => string.CompareOrdinal(left, right),
        (long or double, long or double) =>
            Convert.ToDouble(arguments[0], CultureInfo.InvariantCulture).CompareTo(Convert.ToDouble(arguments[1], CultureInfo.InvariantCulture)),
        _ => throw new TemplateException($"error calling {name}: incompatible types for comparison"),
    };
}
