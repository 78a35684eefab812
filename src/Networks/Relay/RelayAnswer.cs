using Argosy.Networks.Companions;

namespace Argosy.Networks.Relay;

/// <summary>That a request is done.</summary>
internal sealed record RelayAnswer : CompanionAnswer
{
    /// <summary>To the question for the inventory.</summary>
    public IReadOnlyList<RelayKey> Ports { get; set; } = [];
}
