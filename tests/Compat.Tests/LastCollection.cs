namespace Argosy.CompatTests;

/// <summary>Run after every other collection.</summary>
[CollectionDefinition(nameof(LastCollection), DisableParallelization = true)]
public sealed class LastCollection;
