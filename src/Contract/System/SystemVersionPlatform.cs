namespace Argosy.Contract.System;

/// <summary>The name of the engine.</summary>
public sealed record SystemVersionPlatform
{
    public string Name { get; set; } = "";
}
