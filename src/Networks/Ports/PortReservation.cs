using System.Net;

namespace Argosy.Networks;

/// <summary>A host port that is ours until this is disposed.</summary>
internal sealed class PortReservation(PortRegistry owner, string protocol, IPAddress address, ushort port, Action? close) : IDisposable
{
    private int released;

    internal string Protocol => protocol;

    internal IPAddress Address => address;

    internal ushort Port => port;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref released, 1) != 0)
            return;
        close?.Invoke();
        owner.Release(this);
    }
}
