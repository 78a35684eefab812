namespace Argosy.Core;

/// <summary>A container's id: 64 lower-case hexadecimal digits, random.</summary>
public readonly record struct ContainerId(string Value)
{
    /// <summary>The first 12 digits, as clients show them.</summary>
    public string Short => Value[..12];

    /// <summary>A new random id.</summary>
    public static ContainerId New() => new(RandomId.Next());

    /// <inheritdoc/>
    public override string ToString() => Value;
}
