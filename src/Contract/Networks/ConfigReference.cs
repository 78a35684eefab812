namespace Argosy.Contract.Networks;

/// <summary>A config-only network that another takes its settings from.</summary>
public sealed record ConfigReference
{
    public string Network { get; set; } = "";
}
