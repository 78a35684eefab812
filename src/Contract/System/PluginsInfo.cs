namespace Argosy.Contract.System;

/// <summary>The drivers the engine has, by kind.</summary>
public sealed record PluginsInfo
{
    public IReadOnlyList<string>? Volume { get; init; }

    public IReadOnlyList<string>? Network { get; init; }

    public IReadOnlyList<string>? Authorization { get; init; }

    public IReadOnlyList<string>? Log { get; init; }
}
