namespace Argosy.Linux.Files;

/// <summary>An extended attribute: <c>security.capability</c>, <c>user.x</c>, … with its binary value.</summary>
public sealed record ExtendedAttribute(string Name, byte[] Value);
