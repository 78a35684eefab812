namespace Argosy.Engine.Containers.Model;

/// <summary>How to make a volume that a mount asks for and that does not exist yet.</summary>
public sealed record VolumeRequest(string Driver, IReadOnlyDictionary<string, string> Options, IReadOnlyDictionary<string, string> Labels);
