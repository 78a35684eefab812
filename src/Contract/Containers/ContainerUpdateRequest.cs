namespace Argosy.Contract.Containers;

/// <summary>The body of <c>POST /containers/{id}/update</c>; zero and null leave a value as it is.</summary>
public sealed record ContainerUpdateRequest : Resources
{
    public RestartPolicy? RestartPolicy { get; init; }
}
