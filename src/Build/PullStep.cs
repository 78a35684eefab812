namespace Argosy.Build;

/// <summary>Progress of one part of a base image's pull.</summary>
/// <param name="Id">The layer, null for the whole.</param>
/// <param name="Status">Docker's words.</param>
/// <param name="Current">Bytes done.</param>
/// <param name="Total">Bytes in all; 0 when there is nothing to count.</param>
public sealed record PullStep(string? Id, string Status, long Current = 0, long Total = 0);
