using System.Net;

namespace Argosy.Networks;

/// <summary>Why a port could not be had.</summary>
/// <param name="Address">Where.</param>
/// <param name="IsOurs">One of our own containers publishes it; else another program uses it.</param>
internal sealed record PortRefusal(IPAddress Address, bool IsOurs);
