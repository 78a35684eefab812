namespace Argosy.Runtime;

/// <summary>A process limit.</summary>
/// <param name="Name">As <c>ulimit</c> has it: <c>nofile</c>, <c>nproc</c>, <c>core</c>.</param>
/// <param name="Soft">-1 is unlimited.</param>
/// <param name="Hard">-1 is unlimited.</param>
public sealed record ResourceUlimit(string Name, long Soft, long Hard);
