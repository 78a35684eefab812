using System.Globalization;
using Argosy.Contract;
using Argosy.Contract.Containers;
using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>A service to the request that the Engine API would get for one of its containers, as Docker Compose makes it.</summary>
internal static partial class ContainerRequests
{
    internal static ContainerCreateRequest Of(RequestContext context)
    {
        StackService service = context.Spec.Services[context.Service];
        return new ContainerCreateRequest
        {
            Image = ServiceNames.Image(context.Spec, context.Service),
            Hostname = service.Hostname ?? "",
            Domainname = service.Domainname ?? "",
            User = service.User ?? "",
            Tty = service.Tty ?? false,
            OpenStdin = service.StdinOpen ?? false,
            Env = [.. service.Environment.Select(entry => entry.Value is null ? entry.Key : $"{entry.Key}={entry.Value}")],
            Cmd = service.Command,
            Entrypoint = service.Entrypoint is { Count: 0 } ? [""] : service.Entrypoint,
            WorkingDir = service.WorkingDir ?? "",
            ExposedPorts = Exposed(service),
            Healthcheck = service.Healthcheck is { } check ? Healthcheck(check) : null,
            Labels = Labels(context, service),
            StopSignal = service.StopSignal,
            StopTimeout = service.StopGracePeriod is { } grace ? (int)Math.Ceiling(grace.TotalSeconds) : null,
            HostConfig = Host(context, service),
            NetworkingConfig = new NetworkingConfig { EndpointsConfig = Endpoints(context, service) },
        };
    }

    private static Dictionary<string, string> Labels(RequestContext context, StackService service)
    {
        StackSpec spec = context.Spec;
        var labels = new Dictionary<string, string>(service.Labels, StringComparer.Ordinal)
        {
            [ComposeLabels.Project] = spec.Name,
            [ComposeLabels.Service] = context.Service,
            [ComposeLabels.ContainerNumber] = context.Number.ToString(CultureInfo.InvariantCulture),
            [ComposeLabels.OneOff] = "False",
            [ComposeLabels.ConfigHash] = ConfigHash.Of(spec, context.Service),
            [ComposeLabels.WorkingDirectory] = spec.WorkingDirectory ?? "",
            [ComposeLabels.ConfigFiles] = string.Join(',', spec.ConfigFiles),
            [ComposeLabels.Version] = EngineVersion.Text,
            [ComposeLabels.DependsOn] = string.Join(',', service.DependsOn.Select(entry => $"{entry.Key}:{entry.Value.Condition}:{(entry.Value.Restart is true ? "true" : "false")}")),
            [ComposeLabels.Image] = context.ImageId,
        };
        if (context.Replaces is { } old)
            labels[ComposeLabels.Replace] = old.Id;
        return labels;
    }

    private static HealthConfig Healthcheck(StackHealthCheck check) => new()
    {
        Test = check.Disable is true ? ["NONE"] : check.Test,
        Interval = Nanoseconds(check.Interval),
        Timeout = Nanoseconds(check.Timeout),
        StartPeriod = Nanoseconds(check.StartPeriod),
        StartInterval = Nanoseconds(check.StartInterval),
        Retries = check.Retries ?? 0,
    };

    private static long Nanoseconds(TimeSpan? value) => (value ?? TimeSpan.Zero).Ticks * 100;

    private static Dictionary<string, EmptyObject> Exposed(StackService service)
    {
        var ports = new Dictionary<string, EmptyObject>(StringComparer.Ordinal);
        foreach (string port in service.Expose)
            ports[port.Contains('/', StringComparison.Ordinal) ? port : port + "/tcp"] = new EmptyObject();
        foreach (StackPort port in service.Ports)
            ports[Key(port)] = new EmptyObject();
        return ports;
    }

    private static Dictionary<string, IReadOnlyList<PortBinding>?> Published(StackService service) => service.Ports
        .GroupBy(Key)
        .ToDictionary(group => group.Key, IReadOnlyList<PortBinding>? (group) => [.. group.Select(port => new PortBinding { HostIp = port.HostIp ?? "", HostPort = port.Published ?? "" })]);

    private static string Key(StackPort port) => string.Create(CultureInfo.InvariantCulture, $"{port.Target}/{port.Protocol}");
}
