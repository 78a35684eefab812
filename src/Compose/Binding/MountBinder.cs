using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>A canonical volume entry of a service to a <see cref="StackMount"/>.</summary>
internal static class MountBinder
{
    internal static StackMount Bind(ComposeNode node, string path)
    {
        MapReader reader = MapReader.Of(node, path);
        // How a virtual machine's file sharing may lag: nothing to do on Linux, as in Docker.
        reader.Skip("consistency");
        var mount = new StackMount
        {
            Type = reader.Required("type"),
            Source = reader.Text("source"),
            Target = reader.Required("target"),
            ReadOnly = reader.Flag("read_only"),
            Bind = reader.Sub("bind", BindOptions),
            Volume = reader.Sub("volume", VolumeOptions),
            Tmpfs = reader.Sub("tmpfs", TmpfsOptions),
            Image = reader.Sub("image", ImageOptions),
        };
        reader.End();
        return Checked(mount, reader);
    }

    private static StackMount Checked(StackMount mount, MapReader reader)
    {
        if (mount.Type is not ("bind" or "volume" or "tmpfs" or "image"))
            throw reader.Error("type", $"\"{mount.Type}\" is not supported by Argosy: use bind, volume, tmpfs or image");
        if (mount is { Type: "bind" or "image", Source: null })
            throw ComposeException.At(reader.At, reader.Path, $"invalid mount config for type \"{mount.Type}\": field Source must not be empty");
        if (mount.Type == "tmpfs" && mount.Source is not null)
            throw reader.Error("source", "a tmpfs mount has no source");
        if (!mount.Target.StartsWith('/'))
            throw reader.Error("target", $"invalid mount path: '{mount.Target}' mount path must be absolute");
        return mount;
    }

    private static StackMountBind BindOptions(MapReader reader)
    {
        reader.Refuse("recursive");
        // Labels for SELinux; without it (as on every host Argosy runs on) they mean nothing.
        reader.Skip("selinux");
        var options = new StackMountBind { Propagation = reader.Text("propagation"), CreateHostPath = reader.Flag("create_host_path") };
        reader.End();
        return options;
    }

    private static StackMountVolume VolumeOptions(MapReader reader)
    {
        reader.Refuse("labels");
        var options = new StackMountVolume { Nocopy = reader.Flag("nocopy"), Subpath = reader.Text("subpath") };
        reader.End();
        return options;
    }

    private static StackMountImage ImageOptions(MapReader reader)
    {
        var options = new StackMountImage { Subpath = reader.Text("subpath") };
        reader.End();
        return options;
    }

    private static StackMountTmpfs TmpfsOptions(MapReader reader)
    {
        var options = new StackMountTmpfs { Size = reader.Bytes("size"), Mode = reader.Mode("mode") };
        reader.End();
        return options;
    }
}
