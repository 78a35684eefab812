using Argosy.Linux.Processes;
using Argosy.Runtime.Conmon;
using Argosy.Runtime.Logs;
using Microsoft.Extensions.DependencyInjection;

namespace Argosy.Runtime;

/// <summary>Registers this project.</summary>
public static class RuntimeServices
{
    /// <summary>Needs DaemonPaths and TimeProvider to be registered.</summary>
    public static IServiceCollection AddRuntime(this IServiceCollection services, RuntimeOptions? options = null) =>
        services
            .AddSingleton(options ?? new RuntimeOptions())
            .AddSingleton<FileWatcher>()
            .AddSingleton<ProcessWatcher>()
            .AddSingleton<ExitWatcher>()
            .AddSingleton<ConmonWatch>()
            .AddSingleton<ContainerLogs>()
            .AddSingleton<LogRotation>()
            .AddSingleton<OciRuntime>()
            .AddHostedService<CgroupLifetime>();
}
