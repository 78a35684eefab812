using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>Top-level networks, volumes, secrets and configs.</summary>
internal static class ResourceBinder
{
    internal static StackNetwork Network(ComposeNode node, string key, string path, BindingContext context)
    {
        MapReader reader = MapReader.Of(node, path);
        reader.Refuse("enable_ipv4");
        (bool? external, string name) = Name(reader, key, context);
        var network = new StackNetwork
        {
            Name = name,
            External = external,
            Driver = reader.Text("driver"),
            DriverOpts = reader.TextMap("driver_opts"),
            Internal = reader.Flag("internal"),
            Attachable = reader.Flag("attachable"),
            EnableIpv6 = reader.Flag("enable_ipv6"),
            Ipam = reader.Sub("ipam", Ipam),
            Labels = reader.TextMap("labels"),
        };
        reader.End();
        RefuseWithExternal(reader, external, "driver", "driver_opts", "internal", "ipam", "labels");
        return network;
    }

    internal static StackVolume Volume(ComposeNode node, string key, string path, BindingContext context)
    {
        MapReader reader = MapReader.Of(node, path);
        (bool? external, string name) = Name(reader, key, context);
        var volume = new StackVolume
        {
            Name = name,
            External = external,
            Driver = reader.Text("driver"),
            DriverOpts = reader.TextMap("driver_opts"),
            Labels = reader.TextMap("labels"),
        };
        reader.End();
        RefuseWithExternal(reader, external, "driver", "driver_opts", "labels");
        return volume;
    }

    /// <summary>A secret or config: exactly one of file, environment and content says where it comes from.</summary>
    internal static StackFile ProjectFile(ComposeNode node, string key, string path, BindingContext context, bool mayHaveContent)
    {
        MapReader reader = MapReader.Of(node, path);
        reader.Refuse("driver", "driver_opts", "template_driver");
        (bool? external, string name) = Name(reader, key, context);
        if (external is true)
            throw reader.Error("external", "external secrets and configs need a Swarm, which Argosy is not: use file or environment");
        string? content = mayHaveContent ? reader.Text("content") : null;
        string? variable = reader.Text("environment");
        var file = new StackFile
        {
            Name = name,
            File = reader.Text("file"),
            Environment = variable,
            Content = variable is null ? content : context.Lookup(variable) ?? throw reader.Error("environment", $"environment variable \"{variable}\" required by \"{key}\" is not set"),
            Labels = reader.TextMap("labels"),
        };
        reader.End();
        int sources = new[] { file.File, variable, content }.Count(source => source is not null);
        return sources == 1 ? file : throw ComposeException.At(reader.At, path, $"exactly one of file, environment{(mayHaveContent ? ", content" : "")} must be set");
    }

    /// <summary>The engine's name: <c>name</c>, the key alone when external, else with the project's name before it.</summary>
    private static (bool? External, string Name) Name(MapReader reader, string key, BindingContext context)
    {
        bool? external = reader.Flag("external");
        string name = reader.Text("name") ?? (external is true ? key : $"{context.ProjectName}_{key}");
        return (external, name);
    }

    private static void RefuseWithExternal(MapReader reader, bool? external, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (external is true && reader.Has(key))
                throw reader.Error(key, $"conflicting parameters \"external\" and \"{key}\" specified");
        }
    }

    private static StackIpam Ipam(MapReader reader)
    {
        var ipam = new StackIpam
        {
            Driver = reader.Text("driver"),
            Config = reader.List("config", Pool),
            Options = reader.TextMap("options"),
        };
        reader.End();
        return ipam;
    }

    private static StackIpamPool Pool(ComposeNode node, string path)
    {
        MapReader reader = MapReader.Of(node, path);
        var pool = new StackIpamPool
        {
            Subnet = reader.Text("subnet"),
            IpRange = reader.Text("ip_range"),
            Gateway = reader.Text("gateway"),
            AuxAddresses = reader.TextMap("aux_addresses"),
        };
        reader.End();
        return pool;
    }
}
