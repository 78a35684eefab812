using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <content>The smaller mappings inside of a service.</content>
internal static partial class ServiceBinder
{
    private static StackDependency Dependency(ComposeNode node, string path)
    {
        MapReader reader = MapReader.Of(node, path);
        var dependency = new StackDependency
        {
            Condition = reader.Text("condition") ?? StackDependency.Started,
            Restart = reader.Flag("restart"),
            Required = reader.Flag("required") ?? true,
        };
        reader.End();
        return dependency.Condition is StackDependency.Started or StackDependency.Healthy or StackDependency.Completed
            ? dependency
            : throw reader.Error("condition", $"must be service_started, service_healthy or service_completed_successfully, not \"{dependency.Condition}\"");
    }

    private static StackHealthCheck HealthCheck(MapReader reader)
    {
        var check = new StackHealthCheck
        {
            Test = reader.TextsOrNull("test"),
            Interval = reader.Duration("interval"),
            Timeout = reader.Duration("timeout"),
            Retries = reader.Int("retries"),
            StartPeriod = reader.Duration("start_period"),
            StartInterval = reader.Duration("start_interval"),
            Disable = reader.Flag("disable"),
        };
        reader.End();
        if (check.Test is { } test && (test.Count == 0 || test[0] is not ("NONE" or "CMD" or "CMD-SHELL")))
            throw reader.Error("test", "must begin with NONE, CMD or CMD-SHELL");
        return check;
    }

    private static StackLogging Logging(MapReader reader)
    {
        var logging = new StackLogging { Driver = reader.Text("driver"), Options = reader.TextMap("options") };
        reader.End();
        return logging;
    }

    private static StackFileReference FileReference(ComposeNode node, string path)
    {
        MapReader reader = MapReader.Of(node, path);
        var reference = new StackFileReference
        {
            Source = reader.Required("source"),
            Target = reader.Text("target"),
            Uid = reader.Text("uid"),
            Gid = reader.Text("gid"),
            Mode = reader.Mode("mode"),
        };
        reader.End();
        return reference;
    }

    private static StackPort Port(ComposeNode node, string path)
    {
        MapReader reader = MapReader.Of(node, path);
        int? target = reader.Int("target");
        var port = new StackPort
        {
            Name = reader.Text("name"),
            Mode = reader.Text("mode"),
            HostIp = reader.Text("host_ip"),
            Target = target is > 0 and <= 65535 ? target.Value : throw reader.Error("target", "must be a port number"),
            Published = reader.Text("published") is { Length: > 0 } published ? published : null,
            Protocol = reader.Text("protocol") ?? "tcp",
            AppProtocol = reader.Text("app_protocol"),
        };
        reader.End();
        return port;
    }

    private static StackServiceNetwork ServiceNetwork(ComposeNode node, string path)
    {
        MapReader reader = MapReader.Of(node, path);
        reader.Refuse("link_local_ips", "interface_name", "gw_priority");
        var network = new StackServiceNetwork
        {
            Aliases = reader.Texts("aliases"),
            Ipv4Address = reader.Text("ipv4_address"),
            Ipv6Address = reader.Text("ipv6_address"),
            MacAddress = reader.Text("mac_address"),
            Priority = reader.Int("priority"),
            DriverOpts = reader.TextMap("driver_opts"),
        };
        reader.End();
        return network;
    }

    private static StackUlimit Ulimit(ComposeNode node, string path)
    {
        MapReader reader = MapReader.Of(node, path);
        long? soft = reader.Integer("soft");
        long? hard = reader.Integer("hard");
        reader.End();
        return new StackUlimit
        {
            Soft = soft ?? hard ?? throw reader.Error("soft", "is required"),
            Hard = hard ?? soft ?? throw reader.Error("hard", "is required"),
        };
    }

    private static StackDevice Device(ComposeNode node, string path)
    {
        MapReader reader = MapReader.Of(node, path);
        var device = new StackDevice { Source = reader.Required("source"), Target = reader.Text("target"), Permissions = reader.Text("permissions") };
        reader.End();
        return device;
    }

    private static StackDeploy Deploy(MapReader reader)
    {
        reader.Refuse("endpoint_mode", "placement", "rollback_config", "update_config");
        var deploy = new StackDeploy
        {
            Mode = reader.Text("mode"),
            Replicas = reader.Int("replicas"),
            Labels = reader.TextMap("labels"),
            Resources = reader.Sub("resources", Resources),
            RestartPolicy = reader.Sub("restart_policy", RestartPolicy),
        };
        reader.End();
        return deploy.Mode is null or "replicated" ? deploy : throw reader.Error("mode", $"\"{deploy.Mode}\" is not supported by Argosy: use replicated");
    }

    private static StackResources Resources(MapReader reader)
    {
        var resources = new StackResources { Limits = reader.Sub("limits", Amounts), Reservations = reader.Sub("reservations", Reserved) };
        reader.End();
        return resources;
    }

    private static StackResourceAmounts Reserved(MapReader reader)
    {
        reader.Refuse("cpus", "devices", "generic_resources", "pids");
        return Amounts(reader);
    }

    private static StackResourceAmounts Amounts(MapReader reader)
    {
        var amounts = new StackResourceAmounts { Cpus = reader.Number("cpus"), Memory = reader.Bytes("memory"), Pids = reader.Integer("pids") };
        reader.End();
        return amounts;
    }

    private static StackRestartPolicy RestartPolicy(MapReader reader)
    {
        reader.Refuse("delay", "window");
        var policy = new StackRestartPolicy { Condition = reader.Text("condition"), MaxAttempts = reader.Int("max_attempts") };
        reader.End();
        return policy.Condition is null or "none" or "on-failure" or "any"
            ? policy
            : throw reader.Error("condition", $"must be none, on-failure or any, not \"{policy.Condition}\"");
    }
}
