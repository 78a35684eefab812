using Argosy.Contract;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers.Options;

/// <summary>The ports of a create request: what the container exposes, and where it is published.</summary>
internal sealed record PortsAsked(
    IReadOnlyDictionary<string, EmptyObject>? Exposed, IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Bindings);
