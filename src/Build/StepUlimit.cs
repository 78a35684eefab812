namespace Argosy.Build;

/// <summary>A resource limit of a step's process.</summary>
/// <param name="Name">As <c>nofile</c>.</param>
/// <param name="Soft">What holds.</param>
/// <param name="Hard">Up to what the process may raise it.</param>
public sealed record StepUlimit(string Name, long Soft, long Hard);
