using Argosy.Engine.Containers.Model;
using Argosy.Images.Manifests;
using Argosy.Images.Records;

namespace Argosy.Engine.Containers;

/// <summary>What an image says about the containers made of it, in the engine's words.</summary>
internal static class ImageDefaults
{
    internal static ContainerConfig Of(ImageRecord image)
    {
        ImageConfig config = image.Config;
        return new ContainerConfig
        {
            User = config.User ?? "",
            ExposedPorts = config.ExposedPorts ?? [],
            Env = config.Env ?? [],
            Cmd = config.Cmd,
            Entrypoint = config.Entrypoint,
            Healthcheck = Health(config.Healthcheck),
            Volumes = config.Volumes ?? [],
            WorkingDir = config.WorkingDir ?? "",
            Labels = config.Labels ?? new Dictionary<string, string>(),
            StopSignal = config.StopSignal,
            Shell = config.Shell,
        };
    }

    private static HealthcheckConfig? Health(HealthCheck? check) => check is null ? null : new HealthcheckConfig
    {
        Test = check.Test ?? [],
        Interval = check.Interval,
        Timeout = check.Timeout,
        StartPeriod = check.StartPeriod,
        StartInterval = check.StartInterval,
        Retries = check.Retries,
    };
}
