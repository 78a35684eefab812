using System.Text.Json.Serialization;
using Argosy.Core;
using Argosy.Networks;
using Argosy.Networks.Companions;

namespace Argosy.Catalog.Resolver;

/// <summary>What the daemon tells the resolver.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Reset), "reset")]
[JsonDerivedType(typeof(Attach), "attach")]
[JsonDerivedType(typeof(Detach), "detach")]
[JsonDerivedType(typeof(SetAnswering), "answering")]
[JsonDerivedType(typeof(End), "end")]
internal abstract record ResolverRequest : CompanionRequest
{
    /// <summary>The daemon's version; the answer has the resolver's.</summary>
    internal sealed record Hello(string Version) : ResolverRequest;

    /// <summary>This is everything: what is not here is closed.</summary>
    /// <param name="Sandboxes">Of containers whose names resolve.</param>
    /// <param name="Silent">Those of them that do not answer to their names.</param>
    /// <param name="Upstream">The daemon's resolvers for other names; none: the host's.</param>
    internal sealed record Reset(IReadOnlyList<Sandbox> Sandboxes, IReadOnlyList<ContainerId> Silent, IReadOnlyList<string> Upstream) : ResolverRequest;

    /// <summary>A new sandbox, or one that changed. Answered when its sockets are open.</summary>
    internal sealed record Attach(Sandbox Sandbox) : ResolverRequest;

    /// <summary>Answered when nothing keeps the sandbox's namespace busy.</summary>
    internal sealed record Detach(ContainerId Container) : ResolverRequest;

    /// <summary>See <see cref="SandboxDirectory.SetAnswering"/>.</summary>
    internal sealed record SetAnswering(ContainerId Container, bool Answering) : ResolverRequest;

    /// <summary>Answered when all sockets are closed; the process ends.</summary>
    internal sealed record End : ResolverRequest;
}
