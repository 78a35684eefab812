namespace Argosy.Api.Http.Hijack;

/// <summary>A client's connection after its HTTP life: a hijacked socket, or a WebSocket.</summary>
internal interface IRawStream
{
    /// <summary>Whether output without a terminal goes in Docker's frames; over a WebSocket it does not.</summary>
    bool IsFramed { get; }

    /// <summary>Reads what the client sent; 0 when it has ended its half.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Writes all bytes.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
