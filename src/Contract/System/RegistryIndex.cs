namespace Argosy.Contract.System;

/// <summary>One registry, its mirrors, and whether TLS is required.</summary>
public sealed record RegistryIndex
{
    public string Name { get; set; } = "";

    public IReadOnlyList<string>? Mirrors { get; init; }

    public bool Secure { get; init; }

    public bool Official { get; init; }
}
