using Argosy.Build.Cache;
using Argosy.Build.Images;

namespace Argosy.Build.Execution;

/// <summary>A finished stage: its image, the arguments that a stage built on it inherits, and the results that its image is made of.</summary>
/// <param name="Image">The image.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Steps">Its layers' results, those of the stages that it stands on included.</param>
/// <param name="Base">What the stage stands on, as it was; null for scratch.</param>
internal sealed record StageResult(ImageState Image, StageArguments Arguments, IReadOnlyList<CachedStep> Steps, StageBase? Base);
