using System.CommandLine;
using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Cli.Templates;
using Argosy.Contract.System;

namespace Argosy.Cli.System;

/// <summary><c>argosy events</c>.</summary>
internal static class EventsCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string[]> filter = Flag.List("--filter", "filter", "Filter output based on conditions provided", ["-f"]);
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'json' or a Go template");
        Option<string?> since = Flag.Text("--since", "Show all events created since timestamp");
        Option<string?> until = Flag.Text("--until", "Stream events until this timestamp");
        return new VerbCommand("[OPTIONS]", "Get real time events from the server")
        {
            filter, format, since, until,
        }.With(0, 0, "argosy events --filter type=container --filter event=die", "argosy events --since 10m --until 0s").Runs(async (line, cancellationToken) =>
        {
            Template? template = line.Get(format) is { Length: > 0 } text ? Template.Parse(text == "json" ? "{{json .}}" : text) : null;
            IAsyncEnumerable<EventMessage> events = session.Client.System.EventsAsync(
                Timestamp.Option("since", line.Get(since), session.Clock), Timestamp.Option("until", line.Get(until), session.Clock),
                FilterArguments.Parse(line, filter), cancellationToken);
            await foreach (EventMessage message in events)
                await session.Out.WriteLineAsync(template is null ? Format(message) : template.Execute(GoText.FromJson(JsonSerializer.SerializeToElement(message, SystemJson.Default.EventMessage))));
        });
    }

    /// <summary><c>2024-05-01T10:20:30.123456700Z container die ID (exitCode=0, image=busybox)</c>.</summary>
    private static string Format(EventMessage message)
    {
        DateTimeOffset time = message.TimeNano != 0
            ? DateTimeOffset.UnixEpoch.AddTicks(message.TimeNano / 100)
            : DateTimeOffset.FromUnixTimeSeconds(message.Time);
        string head = $"{Nanoseconds(TimeZoneInfo.ConvertTime(time, TimeZoneInfo.Local), message.TimeNano)} {message.Type} {message.Action} {message.Actor?.Id}";
        IEnumerable<string> attributes = (message.Actor?.Attributes ?? new Dictionary<string, string>())
            .OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={attribute.Value}");
        return attributes.Any() ? $"{head} ({string.Join(", ", attributes)})" : head;
    }

    /// <summary>Always nine digits: lines of a log should align.</summary>
    private static string Nanoseconds(DateTimeOffset time, long nanoseconds) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss.", global::System.Globalization.CultureInfo.InvariantCulture)
        + (nanoseconds % 1_000_000_000).ToString("D9", global::System.Globalization.CultureInfo.InvariantCulture)
        + (time.Offset == TimeSpan.Zero ? "Z" : time.ToString("zzz", global::System.Globalization.CultureInfo.InvariantCulture));
}
