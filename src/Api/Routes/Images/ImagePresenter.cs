using Argosy.Api.Http;
using Argosy.Contract;
using Argosy.Contract.Containers;
using Argosy.Contract.Images;
using Argosy.Contract.Json;
using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;

namespace Argosy.Api.Routes.Images;

/// <summary>Images in the Engine API's words, as each version has them.</summary>
internal sealed class ImagePresenter(LayerStore layers, IImageUsage usage)
{
    private static readonly ApiVersion WithoutVirtualSize = new(1, 44);
    internal static readonly ApiVersion LastWithContainer = new(1, 44);
    private static readonly ApiVersion WithoutContainerFields = new(1, 50);
    private static readonly ApiVersion WithoutNoneNames = new(1, 43);

    internal static readonly ApiVersion FirstWithManifests = new(1, 47);
    internal static readonly ApiVersion FirstWithInspectedManifests = new(1, 48);

    internal ImageSummary Summary(ListedImage listed, ApiVersion version, bool withManifests)
    {
        ImageRecord image = listed.Image;
        bool nameless = listed.Tags.Count + listed.Digests.Count == 0 && version < WithoutNoneNames;
        return new ImageSummary
        {
            Id = image.Id.ToString(),
            ParentId = image.Parent?.ToString() ?? "",
            RepoTags = nameless ? ["<none>:<none>"] : listed.Tags,
            RepoDigests = nameless ? ["<none>@<none>"] : listed.Digests,
            Created = Seconds(image.Created),
            Size = image.Size,
            SharedSize = listed.SharedSize,
            VirtualSize = version < WithoutVirtualSize ? image.Size : null,
            Labels = image.Config.Labels,
            Containers = version < new ApiVersion(1, 51) ? -1 : listed.Containers,
            Manifests = withManifests ? [Manifest(image)] : null,
            Descriptor = version < FirstWithInspectedManifests ? null : Describe(image.Manifest),
        };
    }

    internal ImageInspect Inspect(ImageRecord image, ApiVersion version, bool withManifests) => new()
    {
        Id = image.Id.ToString(),
        Descriptor = version < FirstWithInspectedManifests ? null : Describe(image.Manifest),
        Manifests = withManifests ? [Manifest(image)] : null,
        RepoTags = image.RepoTags,
        RepoDigests = image.RepoDigests,
        Parent = image.Parent?.ToString() ?? "",
        Comment = image.Comment ?? (image.History.Count > 0 ? image.History[^1].Comment ?? "" : ""),
        Created = image.Created is { } created ? GoTime.Format(created.ToUniversalTime()) : null,
        Container = version <= LastWithContainer ? "" : null,
        ContainerConfig = version <= LastWithContainer ? Config(new ImageConfig(), withContainerFields: true) : null,
        DockerVersion = image.DockerVersion ?? "",
        Author = image.Author ?? "",
        Config = Config(image.Config, withContainerFields: version < WithoutContainerFields),
        Architecture = image.Architecture,
        Variant = image.Variant,
        Os = image.Os,
        OsVersion = image.OsVersion,
        Size = image.Size,
        VirtualSize = version < WithoutVirtualSize ? image.Size : null,
        GraphDriver = Directories(image),
        RootFS = new ImageRootFs { Layers = image.DiffIds.Count == 0 ? null : [.. image.DiffIds.Select(diffId => diffId.ToString())] },
        Metadata = new ImageMetadata { LastTagTime = image.LastTagged is { } tagged ? GoTime.Format(tagged) : "0001-01-01T00:00:00Z" },
    };

    internal static IReadOnlyList<ImageHistoryItem> History(IReadOnlyList<ImageStep> steps) => [.. steps.Select(step => new ImageHistoryItem
    {
        Id = step.Id?.ToString() ?? "<missing>",
        Created = Seconds(step.Entry.Created),
        CreatedBy = step.Entry.CreatedBy ?? "",
        Tags = step.Tags.Count == 0 ? null : step.Tags,
        Size = step.Size,
        Comment = step.Entry.Comment ?? "",
    })];

    internal static IReadOnlyList<ImageDeleteItem> Removed(IReadOnlyList<RemovedImage> removed) =>
        [.. removed.Select(item => new ImageDeleteItem { Untagged = item.Untagged, Deleted = item.Deleted })];

    /// <summary>The one manifest that an image here has; it is here whole, or there would be no image.</summary>
    private ImageManifestSummary Manifest(ImageRecord image)
    {
        long content = image.Manifest.Size + image.ConfigBlob.Size + image.Layers.DistinctBy(layer => layer.Digest).Sum(layer => layer.Size);
        return new ImageManifestSummary
        {
            Id = image.Manifest.Digest.ToString(),
            Descriptor = Describe(image.Manifest),
            Available = true,
            Size = new ImageManifestSize { Content = content, Total = content + image.Size },
            Kind = "image",
            ImageData = new ImageManifestData
            {
                Platform = new OciPlatform { Architecture = image.Architecture, Os = image.Os, OsVersion = image.OsVersion, Variant = image.Variant },
                Containers = [.. usage.UsesOf(image.Id).Select(use => use.Container.ToString())],
                Size = new ImageUnpackedSize { Unpacked = image.Size },
            },
        };
    }

    private static OciDescriptor Describe(Descriptor descriptor) =>
        new() { MediaType = descriptor.MediaType, Digest = descriptor.Digest.ToString(), Size = descriptor.Size };

    private DriverData Directories(ImageRecord image)
    {
        var data = new Dictionary<string, string>();
        List<string> directories = [.. image.ChainIds.Reverse().Select(layers.PathOf)];
        if (directories.Count > 1)
            data["LowerDir"] = string.Join(':', directories.Skip(1));
        if (directories.Count > 0)
        {
            // A layer here has no overlay of its own; dockerd names these two, which it makes for each, and clients expect them.
            data["UpperDir"] = directories[0];
            data["MergedDir"] = Beside(directories[0], "merged");
            data["WorkDir"] = Beside(directories[0], "work");
        }
        return new DriverData { Name = "overlay2", Data = data };
    }

    private static string Beside(string directory, string name) => Path.Combine(Path.GetDirectoryName(directory)!, name);

    private static ImageInspectConfig Config(ImageConfig config, bool withContainerFields) => new()
    {
        Hostname = withContainerFields ? "" : null,
        Domainname = withContainerFields ? "" : null,
        AttachStdin = withContainerFields ? false : null,
        AttachStdout = withContainerFields ? false : null,
        AttachStderr = withContainerFields ? false : null,
        Tty = withContainerFields ? false : null,
        OpenStdin = withContainerFields ? false : null,
        StdinOnce = withContainerFields ? false : null,
        Image = withContainerFields ? "" : null,
        User = config.User ?? "",
        ExposedPorts = Set(config.ExposedPorts),
        Env = config.Env,
        Cmd = config.Cmd,
        Healthcheck = config.Healthcheck is { } check ? Check(check) : null,
        ArgsEscaped = config.ArgsEscaped ?? false,
        Volumes = Set(config.Volumes),
        WorkingDir = config.WorkingDir ?? "",
        Entrypoint = config.Entrypoint,
        OnBuild = config.OnBuild,
        Labels = config.Labels,
        StopSignal = config.StopSignal,
        StopTimeout = config.StopTimeout,
        Shell = config.Shell,
    };

    private static HealthConfig Check(HealthCheck check) => new()
    {
        Test = check.Test,
        Interval = check.Interval,
        Timeout = check.Timeout,
        StartPeriod = check.StartPeriod,
        StartInterval = check.StartInterval,
        Retries = check.Retries,
    };

    private static Dictionary<string, EmptyObject>? Set(IReadOnlyList<string>? names) =>
        names is null or [] ? null : names.ToDictionary(name => name, _ => new EmptyObject(), StringComparer.Ordinal);

    private static long Seconds(DateTimeOffset? time) => time?.ToUnixTimeSeconds() ?? 0;
}
