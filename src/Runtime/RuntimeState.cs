using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>What is on disk and in the process table for one container; recovery compares it with the database.</summary>
/// <param name="Pid">The container's first process; 0 when it was never created.</param>
/// <param name="IsAlive">Whether that very process (pid and start time) still exists.</param>
/// <param name="IsStarted">Whether the process has gone beyond "created": start was asked for and done.</param>
/// <param name="Exit">Its end, when conmon has recorded it.</param>
public sealed record RuntimeState(ContainerId Id, int Pid, bool IsAlive, bool IsStarted, ContainerExit? Exit);
