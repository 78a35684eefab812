namespace Argosy.Runtime;

/// <summary>A rule of the devices cgroup.</summary>
/// <param name="Type">a (all), c (character) or b (block).</param>
/// <param name="Major">Null is any.</param>
/// <param name="Minor">Null is any.</param>
/// <param name="Access">Of r, w and m.</param>
public sealed record DeviceRule(bool Allow, char Type, long? Major, long? Minor, string Access);
