using Argosy.Core;

namespace Argosy.Build.Checks;

/// <summary>
/// Which rules count: <c>skip=A,B;error=true;experimental=C</c>, from the directive <c># check=</c> or, in its place, the build argument BUILDKIT_DOCKERFILE_CHECK.
/// </summary>
internal sealed record CheckOptions
{
    private const string All = "all";

    private IReadOnlyList<string> Skip { get; init; } = [];

    private IReadOnlyList<string> Experimental { get; init; } = [];

    /// <summary>A warning fails the build.</summary>
    public bool IsError { get; private init; }

    /// <summary>Reads the text; null and blank ask for nothing special.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for what is no option.</exception>
    public static CheckOptions Parse(string? text)
    {
        var options = new CheckOptions();
        if (string.IsNullOrWhiteSpace(text))
            return options;
        foreach (string part in text.Trim().Split(';', 3))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string value = equals < 0 ? throw Invalid($"invalid check option \"{part}\"") : part[(equals + 1)..].Trim();
            options = part[..equals].Trim() switch
            {
                "skip" => options with { Skip = Names(value) },
                "experimental" => options with { Experimental = Names(value) },
                "error" => options with { IsError = Boolean(value, part) },
                var name => throw Invalid($"invalid check option \"{name}\""),
            };
        }
        return options;
    }

    /// <summary>An experimental rule counts when it is asked for, whatever is skipped; every other one unless it is skipped.</summary>
    public bool Counts(CheckRule rule) => rule.IsExperimental ? Has(Experimental, rule) : !Has(Skip, rule);

    private static bool Has(IReadOnlyList<string> names, CheckRule rule) => (names.Count == 1 && names[0] == All) || names.Contains(rule.Name);

    private static string[] Names(string value) => value.Split(',', StringSplitOptions.TrimEntries);

    private static bool Boolean(string value, string part) => value switch
    {
        "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
        "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
        _ => throw Invalid($"failed to parse check option \"{part}\": strconv.ParseBool: parsing \"{value}\": invalid syntax"),
    };

    private static EngineException Invalid(string message) => EngineException.Invalid($"failed to parse check options: {message}");
}
