using Argosy.Build.Cache;
using Argosy.Core;

namespace Argosy.Build;

/// <summary>What a build has made.</summary>
/// <param name="Id">The image's id.</param>
/// <param name="DiffIds">The image's layers, base first.</param>
/// <param name="Steps">The results of all steps, of every stage, in the order of their keys.</param>
public sealed record BuildReport(Digest Id, IReadOnlyList<Digest> DiffIds, IReadOnlyList<CachedStep> Steps);
