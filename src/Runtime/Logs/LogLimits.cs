namespace Argosy.Runtime.Logs;

/// <summary>How much of a log is kept.</summary>
/// <param name="MaxSize">Bytes at which conmon is made to begin a new file.</param>
/// <param name="MaxFiles">Files that are kept, the one that is written among them; at least 1.</param>
/// <param name="Compress">Whether the others are compressed.</param>
public sealed record LogLimits(long MaxSize, int MaxFiles, bool Compress)
{
    /// <summary>What a log is held to when nobody says anything.</summary>
    public static LogLimits Default { get; } = new(20 << 20, 5, Compress: true);
}
