using System.Net;

namespace Argosy.Networks;

/// <summary>How networks of one kind are in the kernel. Everything is idempotent: what is there already is made as it should be.</summary>
internal interface INetworkDriver
{
    /// <summary>Makes the host's side of a network.</summary>
    void Ensure(NetworkRecord network);

    /// <summary>Removes it.</summary>
    void Delete(NetworkRecord network);

    /// <summary>Joins a namespace to the network; the device in it is up and has its addresses, and the default routes by these gateways.</summary>
    void Attach(NetworkRecord network, Endpoint endpoint, PreparedNamespace inside, IReadOnlyList<IPAddress> gateways);

    /// <summary>Makes an adopted container's connection what it should be.</summary>
    void Repair(NetworkRecord network, Endpoint endpoint, PreparedNamespace inside, IReadOnlyList<IPAddress> gateways);

    /// <summary>Takes the connection out of a namespace that stays; a missing one is no error.</summary>
    void Detach(Endpoint endpoint, PreparedNamespace inside);

    /// <summary>Silences the connection of a namespace that is about to go: its address can be given to the next container.</summary>
    void Silence(Endpoint endpoint, PreparedNamespace inside);
}
