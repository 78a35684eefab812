namespace Argosy.Cli.Output;

/// <summary>A field of a list that templates can name: its heading and how it is made.</summary>
internal sealed record Column<T>(string Name, string Heading, Func<T, string> Value);
