using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>The end of a container's first process, or of an exec's.</summary>
/// <param name="ExecId">Null for the container itself.</param>
/// <param name="ExitCode">128 + n when signal n ended it.</param>
/// <param name="At">When conmon recorded it.</param>
/// <param name="OomKilled">Whether the kernel killed a process of the container for want of memory.</param>
public sealed record ContainerExit(ContainerId Id, string? ExecId, int ExitCode, DateTimeOffset At, bool OomKilled);
