using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime.Logs;

namespace Argosy.Engine.Logs;

/// <summary>Holds the logs of running containers to what their log options say.</summary>
public sealed class LogKeeper(LogRotation rotation, DaemonPaths paths)
{
    /// <summary>Where the log of a container begins: conmon writes here, the files that were rotated away lie beside it.</summary>
    public static string PathOf(DaemonPaths paths, ContainerId id) => Path.Combine(paths.Container(id), "container.log");

    /// <summary>It runs, under a conmon that was just started or adopted.</summary>
    internal void Begin(ContainerRecord container)
    {
        if (LogSettings.Limits(container.Host) is { } limits)
            rotation.Begin(container.Id, PathOf(paths, container.Id), limits);
    }

    /// <summary>It has ended. When this is done nobody touches its files any more.</summary>
    internal Task EndAsync(ContainerId id) => rotation.EndAsync(id);
}
