using System.Globalization;
using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>
/// Reads the typed fields of one mapping and remembers which were read, so that <see cref="End"/> can name what nobody understood.
/// </summary>
internal sealed class MapReader
{
    private readonly MappingNode node;
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    private MapReader(MappingNode node, string path) => (this.node, Path) = (node, path);

    /// <summary>The key path, for error texts: <c>services.web.build</c>.</summary>
    internal string Path { get; }

    internal Mark At => node.At;

    internal static MapReader Of(ComposeNode node, string path) => node switch
    {
        MappingNode mapping => new MapReader(mapping, path),
        { IsNull: true } => new MapReader(new MappingNode(node.At), path),
        _ => throw ComposeException.At(node.At, path, $"must be a mapping, not {node.Kind}"),
    };

    internal bool Has(string key) => node.TryGet(key, out ComposeNode? value) && !value.IsNull;

    internal string? Text(string key) => Value(key) switch
    {
        null => null,
        ScalarNode scalar => scalar.Value,
        var other => throw Error(key, other, $"must be a string, not {other.Kind}"),
    };

    internal bool? Flag(string key) => Parsed<bool>(key, "a boolean", text => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "on" => true,
        "false" or "no" or "n" or "off" => false,
        _ => null,
    });

    internal long? Integer(string key) =>
        Parsed<long>(key, "an integer", text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null);

    internal int? Int(string key) =>
        Parsed<int>(key, "an integer", text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null);

    internal double? Number(string key) =>
        Parsed<double>(key, "a number", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? value : null);

    internal long? Bytes(string key) =>
        Parsed<long>(key, "a size such as 64m", text => text == "-1" ? -1 : ByteSize.TryParse(text, out long value) ? value : null);

    internal TimeSpan? Duration(string key) =>
        Parsed<TimeSpan>(key, "a duration such as 1m30s", text => GoDuration.TryParse(text, out TimeSpan value) ? value : null);

    /// <summary>Permission bits: octal when quoted or written with a leading zero, else a YAML integer.</summary>
    internal int? Mode(string key)
    {
        bool isDecimal = Value(key) is ScalarNode { IsPlain: true } scalar && scalar.Value.Length > 0 && scalar.Value[0] != '0';
        return Parsed<int>(key, "an octal mode such as 0440", text =>
        {
            if (isDecimal)
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
            string digits = text.StartsWith("0o", StringComparison.Ordinal) ? text[2..] : text;
            return digits.Length is > 0 and < 8 && digits.All(c => c is >= '0' and <= '7') ? Convert.ToInt32(digits, 8) : null;
        });
    }

    internal IReadOnlyList<string> Texts(string key) => TextsOrNull(key) ?? [];

    internal IReadOnlyList<string>? TextsOrNull(string key) => Value(key) is null ? null : List(key, TextOf);

    internal IReadOnlyList<T> List<T>(string key, Func<ComposeNode, string, T> read) => Value(key) switch
    {
        null => [],
        SequenceNode list => [.. list.Items.Select(item => read(item, Join(key)))],
        var other => throw Error(key, other, $"must be a list, not {other.Kind}"),
    };

    internal IReadOnlyDictionary<string, T> Map<T>(string key, Func<ComposeNode, string, T> read)
    {
        var result = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        ComposeNode? value = Value(key);
        if (value is null)
            return result;
        MappingNode mapping = value as MappingNode ?? throw Error(key, value, $"must be a mapping, not {value.Kind}");
        foreach ((string name, Mark _, ComposeNode entry) in mapping.Entries)
            result[name] = read(entry, Join(key) + "." + name);
        return result;
    }

    /// <summary>A null value stays null: "not said" is a meaning of its own in an environment.</summary>
    internal IReadOnlyDictionary<string, string?> NullableTexts(string key) => Map(key, (entry, path) => entry.IsNull ? null : TextOf(entry, path));

    internal IReadOnlyDictionary<string, string> TextMap(string key) => Map(key, (entry, path) => entry.IsNull ? "" : TextOf(entry, path));

    internal T? Sub<T>(string key, Func<MapReader, T> read) where T : class =>
        Value(key) is { } value ? read(Of(value, Join(key))) : null;

    /// <summary>Known to the Compose Specification, and not honoured by Argosy: an error when it is there.</summary>
    internal void Refuse(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (Value(key) is not null)
                throw ComposeException.At(node.KeyAt(key), Join(key), "is not supported by Argosy");
        }
    }

    /// <summary>Fields that another reader handles, or that mean nothing to an engine.</summary>
    internal void Skip(params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
            read.Add(key);
    }

    /// <summary>Every key that was not read, and is no extension (<c>x-…</c>), is an error.</summary>
    internal void End()
    {
        foreach ((string key, Mark at, ComposeNode _) in node.Entries)
        {
            if (!read.Contains(key) && !key.StartsWith("x-", StringComparison.Ordinal))
                throw ComposeException.At(at, Join(key), $"additional property '{key}' is not allowed");
        }
    }

    internal string Required(string key) =>
        Text(key) is { Length: > 0 } text ? text : throw ComposeException.At(node.At, Path, $"'{key}' is required");

    internal ComposeException Error(string key, string message) =>
        ComposeException.At(node.TryGet(key, out ComposeNode? value) ? value.At : node.At, Join(key), message);

    internal static string TextOf(ComposeNode node, string path) =>
        node is ScalarNode scalar ? scalar.Value : throw ComposeException.At(node.At, path, $"must be a string, not {node.Kind}");

    private ComposeNode? Value(string key)
    {
        read.Add(key);
        return node.TryGet(key, out ComposeNode? value) && !value.IsNull ? value : null;
    }

    private T? Parsed<T>(string key, string wanted, Func<string, T?> parse) where T : struct => Text(key) switch
    {
        null => null,
        var text => parse(text) ?? throw Error(key, $"must be {wanted}, not \"{text}\""),
    };

    private ComposeException Error(string key, ComposeNode at, string message) => ComposeException.At(at.At, Join(key), message);

    private string Join(string key) => Path.Length == 0 ? key : $"{Path}.{key}";
}
