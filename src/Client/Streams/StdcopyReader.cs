namespace Argosy.Client;

/// <summary>
/// Takes standard output and error apart (Engine API, "Stream format"): frames of eight bytes
/// <c>{stream, 0, 0, 0, length as big-endian uint32}</c> and that many bytes. Stream 3 carries an error of the engine itself.
/// </summary>
public static class StdcopyReader
{
    /// <summary>Copies frames until the stream ends. What is there at once is written at once: a log of short lines is not a write for each.</summary>
    /// <exception cref="IOException">The stream ends within a frame, has no frames, or the engine reports an error in it.</exception>
    public static async Task CopyAsync(Stream source, Stream output, Stream error, CancellationToken cancellationToken)
    {
        var frames = new StdcopyBuffer();
        while (true)
        {
            int read = await source.ReadAsync(frames.Free(), cancellationToken);
            if (read == 0)
                break;
            frames.Added(read);
            while (frames.Next() is { Stream: > 0 } piece)
            {
                Stream target = piece.Stream == 1 ? output : error;
                await target.WriteAsync(piece.Payload, cancellationToken);
                await target.FlushAsync(cancellationToken);
            }
        }
        frames.End();
    }
}
