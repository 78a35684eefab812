using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy port</c>.</summary>
internal static class PortCommand
{
    public static VerbCommand Create(CliSession session) =>
        new VerbCommand("CONTAINER [PRIVATE_PORT[/PROTO]]", "List port mappings or a specific mapping for the container")
            .With(1, 2, "argosy port web", "argosy port web 80/tcp")
            .Runs(async (line, cancellationToken) =>
            {
                ContainerInspect container = await session.Client.Containers.InspectAsync(line.Arguments[0], cancellationToken: cancellationToken);
                IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> ports = container.NetworkSettings?.Ports ?? new Dictionary<string, IReadOnlyList<PortBinding>?>();
                IEnumerable<string> lines = line.Arguments.Count == 2 ? One(ports, line.Arguments[0], line.Arguments[1]) : All(ports);
                foreach (string text in lines)
                    await session.Out.WriteLineAsync(text);
            });

    private static IEnumerable<string> All(IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> ports) => ports
        .OrderBy(port => port.Key, StringComparer.Ordinal)
        .SelectMany(port => (port.Value ?? []).Select(binding => $"{port.Key} -> {Address(binding)}"));

    private static IEnumerable<string> One(IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?> ports, string container, string port)
    {
        string key = port.Contains('/', StringComparison.Ordinal) ? port : port + "/tcp";
        return ports.GetValueOrDefault(key) is { Count: > 0 } bindings
            ? bindings.Select(Address)
            : throw new CliException($"Error: No public port '{port}' published for {container}");
    }

    private static string Address(PortBinding binding) =>
        $"{(binding.HostIp.Contains(':', StringComparison.Ordinal) ? $"[{binding.HostIp}]" : binding.HostIp)}:{binding.HostPort}";
}
