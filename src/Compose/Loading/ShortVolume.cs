namespace Argosy.Compose;

/// <summary>The short syntax of a service's volumes: <c>[source:]target[:options]</c>.</summary>
internal static class ShortVolume
{
    /// <exception cref="FormatException">It is no volume; the message is for the user.</exception>
    internal static MappingNode Expand(Mark at, string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 3 || parts.Any(part => part.Length == 0))
            throw new FormatException($"invalid spec: {text}: " + (parts.Length > 3 ? "too many colons" : "empty section between colons"));
        string? source = parts.Length == 1 ? null : parts[0];
        string target = parts.Length == 1 ? parts[0] : parts[1];
        bool isBind = source is not null && HostPath.LooksLikePath(source);
        var mount = new MappingNode(at);
        Add(mount, "type", isBind ? "bind" : "volume");
        if (source is not null)
            Add(mount, "source", source);
        Add(mount, "target", target);
        var options = new MappingNode(at);
        if (isBind)
            Add(options, "create_host_path", "true");
        foreach (string option in parts.Length == 3 ? parts[2].Split(',') : [])
            Apply(option, isBind, mount, options, text);
        if (options.Count > 0)
            mount.Set(isBind ? "bind" : "volume", at, options);
        return mount;
    }

    private static void Apply(string option, bool isBind, MappingNode mount, MappingNode options, string whole)
    {
        switch (option)
        {
            case "ro":
                Add(mount, "read_only", "true");
                break;
            case "rw" or "cached" or "delegated" or "consistent":
                // The default, and what only a virtual machine's file sharing reads: nothing to do on Linux, as in Docker.
                break;
            case "nocopy" or "volume-nocopy" when !isBind:
                Add(options, "nocopy", "true");
                break;
            case "private" or "rprivate" or "shared" or "rshared" or "slave" or "rslave" when isBind:
                Add(options, "propagation", option);
                break;
            case "z" or "Z" when isBind:
                Add(options, "selinux", option);
                break;
            default:
                throw new FormatException($"invalid spec: {whole}: unknown option: {option}");
        }
    }

    private static void Add(MappingNode node, string key, string value) => node.Set(key, node.At, new ScalarNode(node.At, value));
}
