namespace Argosy.Build.Syntax.Instructions;

/// <summary>A name and its value as written, quotes included: they are removed by expansion.</summary>
public sealed record KeyValue(string Key, string Value);
