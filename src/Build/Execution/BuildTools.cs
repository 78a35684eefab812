using Argosy.Build.Cache;

namespace Argosy.Build.Execution;

/// <summary>What all builds share.</summary>
internal sealed record BuildTools(IStepRunner Runner, BuildCache Cache, CacheMounts Mounts, HttpClient Http, TimeProvider Clock);
