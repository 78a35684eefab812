using System.Net;
using System.Security.Cryptography;

namespace Argosy.Testing;

/// <summary>For programs that cannot be told to take any port and say which.</summary>
public static class Ports
{
    /// <summary>The port at one of the sixteen million addresses of this host's loopback: nobody else listens there.</summary>
    public static IPEndPoint Own(int port) => new(new IPAddress([127, .. RandomNumberGenerator.GetBytes(2), (byte)RandomNumberGenerator.GetInt32(2, 255)]), port);
}
