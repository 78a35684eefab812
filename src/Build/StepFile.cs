namespace Argosy.Build;

/// <summary>A file that is only there while a step runs, readable and executable.</summary>
/// <param name="Path">Where, in the step's root.</param>
/// <param name="Content">Its text.</param>
public sealed record StepFile(string Path, string Content);
