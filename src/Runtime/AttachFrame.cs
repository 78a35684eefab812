namespace Argosy.Runtime;

/// <summary>A piece of output.</summary>
/// <param name="Stream">1 stdout or the terminal, 2 stderr; 0 is the end, the process and everything that held its streams are gone.</param>
/// <param name="Data">Valid until the next read.</param>
public readonly record struct AttachFrame(int Stream, ReadOnlyMemory<byte> Data)
{
    /// <summary>No more output will come.</summary>
    public bool IsEnd => Stream == 0;
}
