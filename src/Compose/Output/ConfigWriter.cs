using System.Text.Json;
using Argosy.Contract.Stacks;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Argosy.Compose;

/// <summary>
/// Writes a project in Compose's canonical form, which is a compose file again: loading it gives the same project
/// (dollar signs are doubled so that they stay what they are).
/// </summary>
public static class ConfigWriter
{
    /// <summary>As YAML.</summary>
    public static string ToYaml(StackSpec spec)
    {
        using JsonDocument document = Document(spec);
        using var text = new StringWriter();
        var emitter = new Emitter(text, new EmitterSettings(2, int.MaxValue, false, 1024));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, true));
        Emit(emitter, document.RootElement);
        emitter.Emit(new DocumentEnd(true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    /// <summary>As indented JSON.</summary>
    public static string ToJson(StackSpec spec)
    {
        using JsonDocument document = Document(spec);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, document.RootElement);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>Working directory and file names are the daemon's labels, no part of a compose file; a secret's value is not shown.</summary>
    private static JsonDocument Document(StackSpec spec)
    {
        StackSpec shown = spec with
        {
            WorkingDirectory = null,
            ConfigFiles = [],
            Secrets = WithoutResolved(spec.Secrets),
            Configs = WithoutResolved(spec.Configs),
        };
        return JsonSerializer.SerializeToDocument(shown, StackWire.Info<StackSpec>());
    }

    private static Dictionary<string, StackFile> WithoutResolved(IReadOnlyDictionary<string, StackFile> files) =>
        files.ToDictionary(entry => entry.Key, entry => entry.Value.Environment is null ? entry.Value : entry.Value with { Content = null });

    private static void Emit(Emitter emitter, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, MappingStyle.Block));
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    EmitText(emitter, property.Name);
                    Emit(emitter, property.Value);
                }
                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true, SequenceStyle.Block));
                foreach (JsonElement item in element.EnumerateArray())
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                EmitText(emitter, Escaped(element.GetString()!));
                break;
            default:
                emitter.Emit(new Scalar(element.GetRawText()));
                break;
        }
    }

    private static void EmitText(Emitter emitter, string text)
    {
        ScalarStyle style = text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal : NeedsQuotes(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, style is ScalarStyle.Any, true));
    }

    /// <summary>Text that YAML (1.1 or 1.2) would read as something else than text.</summary>
    private static bool NeedsQuotes(string text) =>
        text.Length == 0
        || text.ToLowerInvariant() is "null" or "~" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "<<"
        || char.IsAsciiDigit(text[0]) || text[0] is '.' or '+' or '-' or '=';

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Escaped(element.GetString()!));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static string Escaped(string text) => text.Replace("$", "$$", StringComparison.Ordinal);
}
