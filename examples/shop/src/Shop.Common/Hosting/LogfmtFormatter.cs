using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Shop.Common.Hosting;

/// <summary>One line per event, as key=value pairs that grep and every log collector can read.</summary>
internal sealed class LogfmtFormatter(IOptions<LogfmtOptions> options, TimeProvider time) : ConsoleFormatter(FormatterName)
{
    internal const string FormatterName = "logfmt";

    private static readonly SearchValues<char> QuotedCharacters = SearchValues.Create(" \"=\n\r\\");

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        WritePair(textWriter, "level", Level(logEntry.LogLevel));
        WritePair(textWriter, "service", options.Value.Service);
        WritePair(textWriter, "msg", logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.State is IReadOnlyList<KeyValuePair<string, object?>> values)
            WriteValues(textWriter, values);
        if (logEntry.Exception is { } exception)
            WritePair(textWriter, "error", exception.ToString());
        textWriter.Write('\n');
    }

    private static void WriteValues(TextWriter writer, IReadOnlyList<KeyValuePair<string, object?>> values)
    {
        foreach ((string key, object? value) in values)
        {
            if (key != "{OriginalFormat}")
                WritePair(writer, key, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }
    }

    private static void WritePair(TextWriter writer, string key, string value)
    {
        writer.Write($" {key}=");
        if (!value.AsSpan().ContainsAny(QuotedCharacters) && value.Length > 0)
            writer.Write(value);
        else
            writer.Write($"\"{value.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("\r", "").Replace("\n", @"\n")}\"");
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
