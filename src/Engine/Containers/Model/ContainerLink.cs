namespace Argosy.Engine.Containers.Model;

/// <summary>A legacy link of a container on the default bridge (docker run --link).</summary>
/// <param name="Container">The linked container's id.</param>
/// <param name="Alias">Its name inside the linking one.</param>
public sealed record ContainerLink(string Container, string Alias);
