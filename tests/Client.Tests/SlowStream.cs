namespace Argosy.Client.Tests;

/// <summary>Gives a few bytes at a time, as a network does.</summary>
internal sealed class SlowStream(byte[] content, int step) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(step, buffer.Length)], cancellationToken);
}
