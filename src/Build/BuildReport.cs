using Argosy.Build.Cache;
using Argosy.Core;

namespace Argosy.Build;

/// <summary>What a build has made.</summary>
/// <param name="Id">The image's id.</param>
/// <param name="DiffIds">The layers that its steps have made, base first; of a squashed image those that it was made of.</param>
/// <param name="Steps">The results of all steps, of every stage, in the order of their keys.</param>
public sealed record BuildReport(Digest Id, IReadOnlyList<Digest> DiffIds, IReadOnlyList<CachedStep> Steps);
