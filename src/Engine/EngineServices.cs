using Argosy.Engine.Builds;
using Argosy.Engine.Containers;
using Argosy.Engine.Events;
using Argosy.Engine.Exec;
using Argosy.Engine.Health;
using Argosy.Engine.Logs;
using Argosy.Engine.Networks;
using Argosy.Engine.Images;
using Argosy.Engine.Recovery;
using Argosy.Engine.Volumes;
using Argosy.Images.Content;
using Argosy.Volumes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Argosy.Engine;

/// <summary>Registers the use cases.</summary>
public static class EngineServices
{
    /// <summary>Needs the domains: images, runtime, networks, volumes, and the store.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton<EventBus>()
        .AddImageUseCases()
        .AddSingleton<ContainerTable>()
        .AddSingleton<ContainerLinks>()
        .AddSingleton<StagedMounts>()
        .AddSingleton<ContainerFiles>()
        .AddSingleton<VolumeUsage>()
        .AddSingleton<IVolumeUsage>(services => services.GetRequiredService<VolumeUsage>())
        .AddSingleton<VolumeService>()
        .AddSingleton<VolumeArchive>()
        .AddSingleton<ContainerVolumes>()
        .AddSingleton<ImageMounts>()
        .AddSingleton<IGarbageRoots>(provider => provider.GetRequiredService<ImageMounts>())
        .AddSingleton<ContainerMounts>()
        .AddSingleton<ContainerSandboxes>()
        .AddSingleton<SpecBuilder>()
        .AddSingleton<AttachHub>()
        .AddSingleton<WaitHub>()
        .AddSingleton<LogKeeper>()
        .AddSingleton<ContainerLifecycle>()
        .AddSingleton<ContainerOutput>()
        .AddSingleton<ContainerArchive>()
        .AddSingleton<ImageAncestry>()
        .AddSingleton<ExecService>()
        .AddSingleton<HealthMonitor>()
        .AddSingleton<ConmonLoss>()
        .AddSingleton<InterruptedContainers>()
        .AddSingleton<ContainerRecovery>()
        .AddSingleton<IContainerDirectory, ContainerDirectory>()
        .AddEngineNetworks()
        .AddSingleton<IHostedService, ExitLoop>()
        .AddBuilds();
}
