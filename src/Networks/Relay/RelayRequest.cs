using System.Text.Json.Serialization;
using Argosy.Networks.Companions;

namespace Argosy.Networks.Relay;

/// <summary>What the daemon tells the relay.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Inventory), "inventory")]
[JsonDerivedType(typeof(Carry), "carry")]
[JsonDerivedType(typeof(Close), "close")]
[JsonDerivedType(typeof(End), "end")]
internal abstract record RelayRequest : CompanionRequest
{
    /// <summary>The daemon's version; the answer has the relay's.</summary>
    internal sealed record Hello(string Version) : RelayRequest;

    /// <summary>The answer has every port that the relay listens at.</summary>
    internal sealed record Inventory : RelayRequest;

    /// <summary>Ports to carry from now on, or to another place than before.</summary>
    /// <param name="Ports">The ports.</param>
    /// <param name="Sockets">The first so many of them are new: their sockets come with this message, in their order.</param>
    internal sealed record Carry(IReadOnlyList<RelayPort> Ports, int Sockets) : RelayRequest;

    /// <summary>Answered when the relay listens there no more. Connections that were made go on.</summary>
    internal sealed record Close(IReadOnlyList<RelayKey> Ports) : RelayRequest;

    /// <summary>Answered when the relay listens nowhere; it ends with its last connection.</summary>
    internal sealed record End : RelayRequest;
}
