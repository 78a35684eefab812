using System.Text.RegularExpressions;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Logs;

/// <summary>What <c>logs --details</c> shows before each line: the labels, variables and the tag that the log options name.</summary>
public static partial class LogAttributes
{
    /// <summary>The attributes by name, as in a URL's query, with commas between; empty when the options name none.</summary>
    public static string Of(ContainerRecord container)
    {
        IReadOnlyDictionary<string, string> options = container.Host.LogOptions;
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(found, container.Config.Labels, options.GetValueOrDefault("labels"), options.GetValueOrDefault("labels-regex"));
        Dictionary<string, string> variables = [];
        foreach (string entry in container.Config.Env)
            variables[entry.Split('=', 2)[0]] = entry.Contains('=') ? entry.Split('=', 2)[1] : "";
        Add(found, variables, options.GetValueOrDefault("env"), options.GetValueOrDefault("env-regex"));
        if (options.GetValueOrDefault("tag") is { Length: > 0 } tag)
            found["tag"] = Tag(tag, name => Field(container, name));
        return string.Join(',', found.Select(entry => $"{Escape(entry.Key)}={Escape(entry.Value)}"));
    }

    /// <summary>Reads the options' expressions.</summary>
    internal static void Check(IReadOnlyDictionary<string, string> options)
    {
        foreach (string option in new[] { "labels-regex", "env-regex" })
            if (options.TryGetValue(option, out string? pattern))
                Pattern(pattern);
        if (options.TryGetValue("tag", out string? tag))
            Tag(tag, name => IsField(name) ? "" : throw LogSettings.Failure($"template: log-tag:1:2: executing \"log-tag\" at <.{name}>: can't evaluate field {name} in type *logger.Info"));
    }

    private static void Add(SortedDictionary<string, string> found, IReadOnlyDictionary<string, string> values, string? names, string? pattern)
    {
        string[] wanted = (names ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        Regex? expression = pattern is { Length: > 0 } ? Pattern(pattern) : null;
        foreach ((string name, string value) in values)
            if (wanted.Contains(name) || expression?.IsMatch(name) == true)
                found[name] = value;
    }

    private static Regex Pattern(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw LogSettings.Failure($"error parsing regexp: {exception.Message}");
        }
    }

    /// <summary>Go's template language as far as log tags use it: fields and the text between them.</summary>
    private static string Tag(string template, Func<string, string> field)
    {
        string rest = Action().Replace(template, match => field(match.Groups[1].Value));
        return rest.Contains("{{", StringComparison.Ordinal)
            ? throw LogSettings.Failure($"template: log-tag:1: only fields such as {{{{.ID}}}} are supported: {template}")
            : rest;
    }

    private static bool IsField(string name) => name is "ID" or "FullID" or "Name" or "ImageID" or "ImageFullID" or "ImageName" or "DaemonName";

    private static string Field(ContainerRecord container, string name) => name switch
    {
        "ID" => container.Id.Value[..12],
        "FullID" => container.Id.Value,
        "Name" => container.Name,
        "ImageID" => container.ImageId[..Math.Min(12, container.ImageId.Length)],
        "ImageFullID" => container.ImageId,
        "ImageName" => container.Config.Image,
        _ => "docker",
    };

    /// <summary>Go's url.QueryEscape.</summary>
    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\{\s*\.(\w+)\s*\}\}")]
    private static partial Regex Action();
}
