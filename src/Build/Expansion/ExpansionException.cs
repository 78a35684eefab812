namespace Argosy.Build.Expansion;

/// <summary>A word that cannot be expanded, in Docker's words.</summary>
public sealed class ExpansionException(string message) : Exception(message);
