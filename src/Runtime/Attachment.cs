namespace Argosy.Runtime;

/// <summary>A client's connection to the standard streams of a container or an exec, through conmon's attach socket. Dispose detaches; the process lives on.</summary>
public sealed class Attachment : IAsyncDisposable
{
    /// <summary>Reads the next piece of output.</summary>
    /// <param name="buffer">At least 8193 bytes: conmon's pieces are not cut.</param>
    /// <returns>Which stream (1 stdout or terminal, 2 stderr) and how many bytes; stream 0 is the end.</returns>
    public ValueTask<(int Stream, int Count)> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Writes to standard input; waits while the process does not read.</summary>
    public Task WriteStdinAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Ends standard input (half-close); output goes on.</summary>
    public Task CloseStdinAsync() => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
