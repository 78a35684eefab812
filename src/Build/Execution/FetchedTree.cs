using Argosy.Linux.Copying;

namespace Argosy.Build.Execution;

/// <summary>A repository that ADD has checked out.</summary>
/// <param name="Root">Its files, or those of the directory that was asked for.</param>
/// <param name="Commit">The commit, 40 or 64 hexadecimal digits.</param>
internal sealed record FetchedTree(RootDirectory Root, string Commit);
