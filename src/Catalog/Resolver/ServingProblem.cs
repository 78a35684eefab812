using Argosy.Core;

namespace Argosy.Catalog.Resolver;

/// <summary>Why a container has no name server.</summary>
/// <param name="Container">Which.</param>
/// <param name="PortTaken">It has one of its own at that port: its names do not resolve, and it lives.</param>
/// <param name="Text">For people.</param>
internal sealed record ServingProblem(ContainerId Container, bool PortTaken, string Text);
