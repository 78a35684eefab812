using System.Net;

namespace Argosy.Catalog.Dns;

/// <summary>What the engine's own names say to a question.</summary>
internal abstract record LocalAnswer
{
    /// <summary>Not a name of ours: the host's resolvers know.</summary>
    internal sealed record NotLocal : LocalAnswer
    {
        internal static readonly NotLocal Instance = new();
    }

    /// <summary>It would be a name of ours, and there is none.</summary>
    internal sealed record NoSuchName : LocalAnswer
    {
        internal static readonly NoSuchName Instance = new();
    }

    /// <summary>A name of ours; no address while none of its containers answers.</summary>
    internal sealed record Addresses(IReadOnlyList<IPAddress> All) : LocalAnswer;

    /// <summary>Where a name's containers serve.</summary>
    internal sealed record Services(IReadOnlyList<ServicePort> All) : LocalAnswer;

    /// <summary>An address of ours, and its name.</summary>
    internal sealed record Pointer(string Name) : LocalAnswer;
}
