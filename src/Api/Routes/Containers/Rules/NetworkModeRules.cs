using System.Globalization;
using Argosy.Contract.Containers;
using Argosy.Core;

namespace Argosy.Api.Routes.Containers.Rules;

/// <summary>What goes with which network mode (moby, runconfig's validateNetMode).</summary>
internal static class NetworkModeRules
{
    internal static void Check(ContainerCreateRequest request, HostConfig host, List<string> warnings)
    {
        bool joins = host.NetworkMode.StartsWith("container:", StringComparison.Ordinal);
        bool isHost = host.NetworkMode == "host";
        Require(!joins || host.NetworkMode.Length > "container:".Length, "invalid network mode: invalid container format container:<name|id>");
        Require(!joins || request.Hostname.Length == 0, "conflicting options: hostname and the network mode");
        Require(!joins || host.Links is not { Count: > 0 }, "conflicting options: container type network can't be used with links. This would result in undefined behavior");
        Require(!isHost || host.Links is not { Count: > 0 }, "conflicting options: host type networking can't be used with links. This would result in undefined behavior");
        Require(!joins || host.Dns is not { Count: > 0 }, "conflicting options: dns and the network mode");
        Require(!joins || host.ExtraHosts is not { Count: > 0 }, "conflicting options: custom host-to-IP mapping and the network mode");
        Require(!joins || (host.PortBindings is not { Count: > 0 } && !host.PublishAllPorts), "conflicting options: port publishing and the container type network mode");
        Require(!joins || request.ExposedPorts is not { Count: > 0 }, "conflicting options: port exposing and the container type network mode");
        foreach ((string port, IReadOnlyList<PortBinding>? bindings) in host.PortBindings ?? new Dictionary<string, IReadOnlyList<PortBinding>?>())
        {
            PortTranslator.Parse(port);
            foreach (PortBinding binding in bindings ?? [])
                Require(IsPortOrRange(binding.HostPort), $"invalid port specification: \"{binding.HostPort}\"");
        }
        if (isHost && host.PortBindings is { Count: > 0 })
            warnings.Add("Published ports are discarded when using host network mode");
    }

    private static bool IsPortOrRange(string text)
    {
        string[] ends = text.Split('-');
        return text.Length == 0
            || (ends.Length <= 2 && ends.All(end => ushort.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                && int.Parse(ends[0], CultureInfo.InvariantCulture) <= int.Parse(ends[^1], CultureInfo.InvariantCulture));
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw EngineException.Invalid(message);
    }
}
