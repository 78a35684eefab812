namespace Argosy.Runtime.Stats;

/// <summary>A counter of one block device.</summary>
/// <param name="Operation">Read, Write, … as the kernel writes it (v1), or read and write (v2).</param>
public sealed record BlockCounter(ulong Major, ulong Minor, string Operation, ulong Value);
