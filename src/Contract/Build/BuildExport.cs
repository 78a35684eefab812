namespace Argosy.Contract.Build;

/// <summary>An element of the <c>outputs</c> parameter of <c>POST /build</c>.</summary>
public sealed record BuildExport
{
    /// <summary>The engine's own exporter: <c>moby</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary><c>type</c>, <c>name</c> and more that depends on the type.</summary>
    public IReadOnlyDictionary<string, string>? Attrs { get; init; }
}
