namespace Argosy.Engine.Images;

/// <summary>Which images a list or a prune is about.</summary>
public sealed record ImageFilter
{
    /// <summary>True: with the intermediate images of builds.</summary>
    public bool All { get; init; }

    /// <summary>True: only images without names; false: only those with.</summary>
    public bool? Dangling { get; init; }

    /// <summary><c>key</c> or <c>key=value</c>; all must match.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>As <see cref="Labels"/>; none may match (prune's <c>label!</c>).</summary>
    public IReadOnlyList<string> WithoutLabels { get; init; } = [];

    /// <summary>Patterns; one must match a name.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Images made before this one.</summary>
    public string? Before { get; init; }

    /// <summary>Images made after this one.</summary>
    public string? Since { get; init; }

    /// <summary>Images made before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>True: compute the sizes that images share.</summary>
    public bool SharedSize { get; init; }
}
