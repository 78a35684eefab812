using Microsoft.Extensions.DependencyInjection;

namespace Argosy.Volumes;

/// <summary>Registers this project.</summary>
public static class VolumesServices
{
    /// <summary>Needs DaemonPaths, StateStore, TimeProvider and an <see cref="IVolumeUsage"/> (the engine's) to be registered.</summary>
    public static IServiceCollection AddVolumes(this IServiceCollection services) => services.AddSingleton<VolumeStore>();
}
