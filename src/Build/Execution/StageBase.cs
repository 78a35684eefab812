using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>What a stage stands on.</summary>
/// <param name="Id">An image, or a stage's.</param>
/// <param name="Layers">How many layers it has.</param>
/// <param name="Lines">How many lines its history has.</param>
internal sealed record StageBase(Digest Id, int Layers, int Lines);
