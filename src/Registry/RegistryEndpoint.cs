namespace Argosy.Registry;

/// <summary>A place that serves a repository: the registry itself, or a mirror of it.</summary>
/// <param name="Requester">Speaks with it, with its authorization.</param>
/// <param name="Root">The address of its API, <c>https://host/v2/</c>.</param>
internal sealed record RegistryEndpoint(Requester Requester, Uri Root) : IDisposable
{
    public void Dispose() => Requester.Dispose();
}
