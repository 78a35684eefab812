using Argosy.Core;

namespace Argosy.Api.Routes.Containers;

/// <summary>An entry of HostConfig.Binds: <c>[source:]destination[:mode,…]</c> (moby, the Linux mount parser).</summary>
/// <param name="Source">A host path, a volume's name, or empty for an anonymous volume.</param>
/// <param name="Destination">As it is written.</param>
/// <param name="Mode">As it is written; empty when there is none.</param>
internal sealed record BindText(string Source, string Destination, string Mode)
{
    private static readonly string[][] Groups =
    [
        ["ro", "rw"], ["z", "Z"], ["nocopy"], ["consistent", "cached", "delegated", "default"],
        ["private", "rprivate", "shared", "rshared", "slave", "rslave"],
    ];

    internal IReadOnlyList<string> Modes => Mode.Split(',', StringSplitOptions.RemoveEmptyEntries);

    internal bool IsHostPath => Source.StartsWith('/');

    /// <summary>The propagation among the modes; null when there is none.</summary>
    internal string? Propagation => Modes.FirstOrDefault(IsPropagation);

    internal static bool IsPropagation(string word) => Groups[^1].Contains(word);

    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>, with dockerd's words.</exception>
    internal static BindText Parse(string text)
    {
        string[] parts = text.Split(':');
        if (parts[0].Length == 0 || parts.Length > 3)
            throw Invalid(text);
        BindText bind = parts switch
        {
            [var only] => new BindText("", only, ""),
            [var first, var second] when IsMode(second) => new BindText("", first, second),
            [var first, var second] => new BindText(first, second, ""),
            _ => new BindText(parts[0], parts[1], parts[2]),
        };
        if (bind.Mode.Length > 0 && !IsMode(bind.Mode))
            throw EngineException.Invalid($"invalid mode: {bind.Mode}");
        bind.Check(text);
        return bind;
    }

    /// <summary>Known words, and of each group one at most.</summary>
    internal static bool IsMode(string text)
    {
        string[] words = text.Split(',');
        return text.Length > 0
            && words.All(word => Groups.Any(group => group.Contains(word)))
            && Groups.All(group => words.Count(group.Contains) <= 1);
    }

    private void Check(string text)
    {
        string type = IsHostPath ? "bind" : "volume";
        string? wrong =
            Destination.TrimEnd('/').Length == 0 && Destination.Length > 0 ? "invalid specification: destination can't be '/'"
            : !Destination.StartsWith('/') ? $"invalid mount path: '{Destination}' mount path must be absolute"
            : IsHostPath && Modes.Contains("nocopy") ? "field VolumeOptions must not be specified"
            : !IsHostPath && Propagation is not null ? "field BindOptions must not be specified"
            : Source.Length == 0 && Modes.Contains("ro") ? "must not set ReadOnly mode when using anonymous volumes"
            : null;
        if (wrong is not null)
            throw EngineException.Invalid($"invalid volume specification: '{text}': invalid mount config for type \"{type}\": {wrong}");
        if (Source.Length > 0 && !IsHostPath && Source.Contains('/', StringComparison.Ordinal))
            throw EngineException.Invalid($"create {Source}: \"{Source}\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path");
    }

    private static EngineException Invalid(string text) => EngineException.Invalid($"invalid volume specification: '{text}'");
}
