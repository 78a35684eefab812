namespace Argosy.Networks;

/// <summary>What lives of a sandbox beside its record: descriptors into its namespace, and its ports. Changed under the container's lock only.</summary>
internal sealed class LiveSandbox(PreparedNamespace inside) : IDisposable
{
    /// <summary>Descriptors into the namespace.</summary>
    internal PreparedNamespace Inside => inside;

    /// <summary>As it is now; replaced as a whole.</summary>
    internal Sandbox Snapshot { get; set; } = null!;

    /// <summary>One for each of the snapshot's ports.</summary>
    internal List<PortReservation> Reservations { get; } = [];

    /// <summary>Closes the descriptors; the namespace stays.</summary>
    public void Dispose()
    {
        foreach (PortReservation reservation in Reservations)
            reservation.Dispose();
        inside.Dispose();
    }
}
