using Argosy.Engine.Checks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Argosy.Engine.Images;

/// <summary>What can be done with images.</summary>
public static class ImageUseCases
{
    /// <summary>Needs Images' and Registry's services, the event bus and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddImageUseCases(this IServiceCollection services) => services
        .AddSingleton<IImageUsage, ContainerImageUsage>()
        .AddSingleton<ImageEvents>()
        .AddSingleton<ImageTagging>()
        .AddSingleton<ImageImport>()
        .AddSingleton<ImageLoad>()
        .AddSingleton<ImageSave>()
        .AddSingleton<ImageQueries>()
        .AddSingleton<ImageRemoval>()
        .AddSingleton<ImageCommit>()
        .AddSingleton<LayerUpload>()
        .AddSingleton<ImagePull>()
        .AddSingleton<ImagePush>()
        .AddSingleton<RegistryQueries>()
        .AddSingleton<DataRootCheck>()
        .AddSingleton<StoreCheckService>()
        .AddSingleton<IHostedService, TrashSweeper>();
}
