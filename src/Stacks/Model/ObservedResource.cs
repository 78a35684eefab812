namespace Argosy.Stacks;

/// <summary>A network or volume, as it is now.</summary>
public sealed record ObservedResource(string Name, IReadOnlyDictionary<string, string> Labels)
{
    internal string Label(string key) => Labels.TryGetValue(key, out string? value) ? value : "";
}
