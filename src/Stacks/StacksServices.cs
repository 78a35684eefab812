using Argosy.Engine.Recovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Argosy.Stacks;

/// <summary>Registers the stacks.</summary>
public static class StacksServices
{
    /// <summary>Needs the engine and the store.</summary>
    /// <param name="translator">The API's translation of a create request.</param>
    public static IServiceCollection AddStacks(this IServiceCollection services, ContainerTranslator translator) => services
        .AddSingleton(translator)
        .AddSingleton<StackTable>()
        .AddSingleton<IStartOrder, StackStartOrder>()
        .AddSingleton<IStackEngine, EngineAdapter>()
        .AddSingleton<StackFiles>()
        .AddSingleton<StackJobs>()
        .AddSingleton<StackManager>()
        .AddSingleton<IHostedService, StackReconciler>();
}
