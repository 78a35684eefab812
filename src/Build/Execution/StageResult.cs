using Argosy.Build.Cache;
using Argosy.Build.Images;

namespace Argosy.Build.Execution;

/// <summary>A finished stage: its image, the arguments that a stage built on it inherits, and the results that its image is made of.</summary>
internal sealed record StageResult(ImageState Image, StageArguments Arguments, IReadOnlyList<CachedStep> Steps);
