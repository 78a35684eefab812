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
internal sealed class ImagePresenter(LayerStore layers)
{
    private static readonly ApiVersion WithoutVirtualSize = new(1, 44);
    internal static readonly ApiVersion LastWithContainer = new(1, 44);
    private static readonly ApiVersion WithoutContainerFields = new(1, 50);
    private static readonly ApiVersion WithoutNoneNames = new(1, 43);

    internal static ImageSummary Summary(ListedImage listed, ApiVersion version)
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
        };
    }

    internal ImageInspect Inspect(ImageRecord image, ApiVersion version) => new()
    {
        Id = image.Id.ToString(),
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

    private DriverData Directories(ImageRecord image)
    {
        var data = new Dictionary<string, string>();
        List<string> directories = [.. image.ChainIds.Reverse().Select(layers.PathOf)];
        if (directories.Count > 1)
            data["LowerDir"] = string.Join(':', directories.Skip(1));
        if (directories.Count > 0)
            data["UpperDir"] = directories[0];
        return new DriverData { Name = "overlay2", Data = data };
    }

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
