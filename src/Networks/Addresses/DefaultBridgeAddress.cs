using Argosy.Core;

namespace Argosy.Networks;

/// <summary>Reads daemon.json's "bip": the bridge's own address together with its subnet's length.</summary>
internal static class DefaultBridgeAddress
{
    internal static SubnetRecord Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length != 2 || !System.Net.IPAddress.TryParse(parts[0], out var address) || address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork
            || !int.TryParse(parts[1], out int length) || length is < 1 or > 30)
            throw EngineException.Invalid($"invalid bridge address (bip) {text}: it is like 172.17.0.1/16");
        return new SubnetRecord { Subnet = AddressNumber.NetworkOf(address, length), Gateway = address };
    }
}
