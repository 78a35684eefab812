using System.Net;
using System.Net.Sockets;

namespace Argosy.Networks.Tests;

internal static class AddressExtensions
{
    internal static IPAddress Next(this NetworkAddresses addresses) => addresses.Take(AddressFamily.InterNetwork).Address;
}
