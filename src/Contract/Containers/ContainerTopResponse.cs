namespace Argosy.Contract.Containers;

/// <summary>The answer of <c>GET /containers/{id}/top</c>.</summary>
public sealed record ContainerTopResponse
{
    public IReadOnlyList<IReadOnlyList<string>>? Processes { get; init; }

    public IReadOnlyList<string>? Titles { get; init; }
}
