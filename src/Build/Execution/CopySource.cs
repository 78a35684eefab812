using Argosy.Linux.Files;

namespace Argosy.Build.Execution;

/// <summary>A file or directory to be copied.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Kept">How many of the path's last directories are made below the destination (--parents); 0 copies it right there.</param>
internal sealed record CopySource(UnixPath Path, int Kept);
