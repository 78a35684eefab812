namespace Argosy.Build.Syntax.Instructions;

/// <summary>One declaration of an ARG instruction; no default means "whatever the build or the global scope gives".</summary>
public sealed record ArgDeclaration(string Name, string? Default);
