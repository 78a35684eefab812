namespace Argosy.Contract.Containers;

/// <summary>The answer of <c>POST /containers/create</c>.</summary>
public sealed record ContainerCreateResponse
{
    public string Id { get; set; } = "";

    public IReadOnlyList<string>? Warnings { get; init; }
}
