using Argosy.Contract.Containers;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <content>Volumes, secrets and configs as mounts.</content>
internal static partial class ContainerRequests
{
    private static List<Mount> Mounts(RequestContext context, StackService service) =>
    [
        .. service.Volumes.Select(mount => Mounted(context.Spec, mount)),
        .. service.Secrets.Select(secret => FileMount(context, secret, isSecret: true)),
        .. service.Configs.Select(config => FileMount(context, config, isSecret: false)),
    ];

    private static Mount Mounted(StackSpec spec, StackMount mount) => new()
    {
        Type = mount.Type,
        Source = mount.Type == "volume" && mount.Source is { } key ? spec.Volumes[key].Name : mount.Source,
        Target = mount.Target,
        ReadOnly = mount.ReadOnly ?? false,
        BindOptions = mount.Type == "bind" ? new BindOptions { Propagation = mount.Bind?.Propagation, CreateMountpoint = mount.Bind?.CreateHostPath ?? false } : null,
        VolumeOptions = mount is { Type: "volume", Volume: { } volume } ? new VolumeOptions { NoCopy = volume.Nocopy ?? false, Subpath = volume.Subpath } : null,
        ImageOptions = mount is { Type: "image", Image.Subpath: { Length: > 0 } subPath } ? new ImageOptions { Subpath = subPath } : null,
        TmpfsOptions = mount is { Type: "tmpfs", Tmpfs: { } tmpfs } ? new TmpfsOptions { SizeBytes = tmpfs.Size ?? 0, Mode = tmpfs.Mode ?? 0 } : null,
    };

    /// <summary>The Compose Specification's places: /run/secrets/NAME and /NAME.</summary>
    private static Mount FileMount(RequestContext context, StackFileReference reference, bool isSecret)
    {
        string name = reference.Target ?? reference.Source;
        return new Mount
        {
            Type = "bind",
            Source = context.FileOf(context.Service, reference, isSecret),
            Target = name.StartsWith('/') ? name : isSecret ? "/run/secrets/" + name : "/" + name,
            ReadOnly = true,
        };
    }
}
