namespace Argosy.Networks.Relay;

/// <summary>One port that the relay listens at. Disposed, it does so no more.</summary>
internal interface IRelayed : IDisposable
{
    /// <summary>Where it leads; may be changed at any time.</summary>
    RelayPort Port { get; set; }

    /// <summary>Lets go of what nobody used for long.</summary>
    void Sweep();
}
