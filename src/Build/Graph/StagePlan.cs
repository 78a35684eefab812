using Argosy.Build.Syntax;

namespace Argosy.Build.Graph;

/// <summary>A stage with its base resolved.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="BaseName">What it starts from, expanded.</param>
/// <param name="BaseStage">The stage it starts from; null when that is an image or nothing.</param>
/// <param name="Contexts">The names that mean a named context, not a stage.</param>
internal sealed record StagePlan(Stage Stage, string BaseName, int? BaseStage, IReadOnlySet<string> Contexts)
{
    /// <summary>True for FROM scratch.</summary>
    public bool IsScratch => BaseStage is null && BaseName == "scratch" && !Contexts.Contains(BaseName);
}
