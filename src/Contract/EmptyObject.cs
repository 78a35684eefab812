namespace Argosy.Contract;

/// <summary>An empty JSON object: the value of the sets <c>ExposedPorts</c> and <c>Volumes</c>.</summary>
public sealed record EmptyObject;
