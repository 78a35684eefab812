using Argosy.Build.Syntax;

namespace Argosy.Build.Graph;

/// <summary>A stage with its base resolved.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="BaseName">What it starts from, expanded.</param>
/// <param name="BaseStage">The stage it starts from; null when that is an image or nothing.</param>
internal sealed record StagePlan(Stage Stage, string BaseName, int? BaseStage)
{
    /// <summary>True for FROM scratch.</summary>
    public bool IsScratch => BaseStage is null && BaseName == "scratch";
}
