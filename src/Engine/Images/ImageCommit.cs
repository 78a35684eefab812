using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Events;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;

namespace Argosy.Engine.Images;

/// <summary>Makes an image of a container and what was written in it (<c>docker commit</c>). The container lives on.</summary>
public sealed class ImageCommit(
    ContainerTable containers, ContainerLifecycle lifecycle, ISnapshotter snapshots, LayerStore layers, ContentStore content,
    ImageStore images, ImageTagging tagging, Leases leases, EventBus events, TimeProvider clock)
{
    /// <summary>Makes the image: the container's layers, one more, and its configuration.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>: no such container, or its image's content is gone.</exception>
    public async Task<ImageRecord> CommitAsync(CommitRequest request, CancellationToken cancellationToken)
    {
        ContainerRecord container = containers.Find(request.Container);
        ImageConfig config = ConfigChanges.Apply(Overlay(Describe(container.Config), request.Config), request.Changes);
        using Leases.Lease lease = leases.Begin();
        ImageRecord? parent = images.TryResolve(container.ImageId, out ImageRecord? found) ? found : null;
        if (parent is null && container.Layers.Count > 0)
            throw EngineException.NotFound($"No such image: {container.ImageId}");
        CommittedLayer layer = await PackAsync(container, request.Pause, lease, cancellationToken);
        byte[] file = Describe(request, container, parent, config, layer).ToJson();
        lease.Add(Digest.Of(file));
        ImageRecord image = await images.CreateAsync(new NewImage
        {
            Config = file,
            Layers = [.. parent?.Layers ?? [], layer.Blob],
            Parent = parent?.Id,
        });
        if (request.Name is not null)
            await tagging.TagAsync(request.Name, image);
        events.Publish("container", "commit", container.Id.Value, new Dictionary<string, string>(container.Config.Labels)
        {
            ["comment"] = request.Comment ?? "",
            ["image"] = container.Config.Image,
            ["imageID"] = image.Id.ToString(),
            ["imageRef"] = request.Name?.Familiar ?? "",
            ["name"] = container.Name,
        });
        return image;
    }

    private async Task<CommittedLayer> PackAsync(ContainerRecord container, bool pause, Leases.Lease lease, CancellationToken cancellationToken)
    {
        bool paused = pause && container.State.Status == ContainerStatus.Running;
        if (paused)
            await lifecycle.PauseAsync(container.Id.Value, cancellationToken);
        try
        {
            Digest? below = container.Layers.Count == 0 ? null : Digest.Parse(container.Layers[^1]);
            return await layers.CommitCopyAsync(snapshots.UpperOf(container.Id.Value), below, lease, cancellationToken);
        }
        finally
        {
            if (paused)
                await lifecycle.UnpauseAsync(container.Id.Value, CancellationToken.None);
        }
    }

    private ImageConfigFile Describe(CommitRequest request, ContainerRecord container, ImageRecord? parent, ImageConfig config, CommittedLayer layer)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var step = new HistoryEntry { Created = now, CreatedBy = string.Join(' ', container.CommandLine), Author = request.Author, Comment = request.Comment };
        return new ImageConfigFile
        {
            Architecture = parent?.Architecture ?? Platform.Host.Architecture,
            Os = parent?.Os ?? Platform.Host.Os,
            Variant = parent?.Variant,
            Author = request.Author,
            Comment = request.Comment,
            Created = now,
            Config = config,
            RootFs = new RootFileSystem { DiffIds = [.. parent?.DiffIds ?? [], layer.Layer.DiffId] },
            History = [.. parent is null ? [] : ImageConfigFile.Parse(content.ReadDocument(parent.Id)).History ?? [], step],
        };
    }

    private static ImageConfig Describe(ContainerConfig config) => new()
    {
        User = config.User,
        ExposedPorts = NullIfEmpty(config.ExposedPorts),
        Env = NullIfEmpty(config.Env),
        Entrypoint = config.Entrypoint,
        Cmd = config.Cmd,
        Healthcheck = config.Healthcheck is { } check ? Describe(check) : null,
        Volumes = NullIfEmpty(config.Volumes),
        WorkingDir = config.WorkingDir,
        Labels = config.Labels.Count == 0 ? null : config.Labels,
        StopSignal = config.StopSignal,
        StopTimeout = config.StopTimeout,
        Shell = config.Shell,
    };

    private static HealthCheck Describe(HealthcheckConfig check) => new()
    {
        Test = check.Test,
        Interval = check.Interval,
        Timeout = check.Timeout,
        StartPeriod = check.StartPeriod,
        StartInterval = check.StartInterval,
        Retries = check.Retries,
    };

    private static ImageConfig Overlay(ImageConfig own, ImageConfig over) => own with
    {
        User = string.IsNullOrEmpty(over.User) ? own.User : over.User,
        ExposedPorts = over.ExposedPorts is null ? own.ExposedPorts : [.. (own.ExposedPorts ?? []).Union(over.ExposedPorts)],
        Env = over.Env is null ? own.Env : ConfigChanges.SetVariables(own.Env ?? [], over.Env),
        Entrypoint = over.Entrypoint ?? own.Entrypoint,
        Cmd = over.Cmd ?? own.Cmd,
        Healthcheck = over.Healthcheck ?? own.Healthcheck,
        Volumes = over.Volumes is null ? own.Volumes : [.. (own.Volumes ?? []).Union(over.Volumes)],
        WorkingDir = string.IsNullOrEmpty(over.WorkingDir) ? own.WorkingDir : over.WorkingDir,
        Labels = over.Labels is null ? own.Labels : new Dictionary<string, string>(over.Labels.Concat(own.Labels ?? new Dictionary<string, string>()).DistinctBy(label => label.Key)),
        StopSignal = over.StopSignal ?? own.StopSignal,
        StopTimeout = over.StopTimeout ?? own.StopTimeout,
        Shell = over.Shell ?? own.Shell,
    };

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> list) => list.Count == 0 ? null : list;
}
