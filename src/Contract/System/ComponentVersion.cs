namespace Argosy.Contract.System;

/// <summary>The version of one part of the engine.</summary>
public sealed record ComponentVersion
{
    public string Name { get; set; } = "";

    public string Version { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Details { get; init; }
}
