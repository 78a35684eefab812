using Argosy.Build.Images;

namespace Argosy.Build.Execution;

/// <summary>A finished stage: its image, and the arguments that a stage built on it inherits.</summary>
internal sealed record StageResult(ImageState Image, StageArguments Arguments);
