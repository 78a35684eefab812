namespace Argosy.Contract.Containers;

/// <summary>Storage counters; empty on Linux.</summary>
public sealed record StorageStats;
