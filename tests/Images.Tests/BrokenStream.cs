namespace Argosy.Images.Tests;

/// <summary>A connection that is lost after so many bytes.</summary>
internal sealed class BrokenStream(byte[] content, int breaksAt) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Position >= breaksAt ? throw new IOException("connection lost") : base.ReadAsync(buffer[..Math.Min(buffer.Length, 100_000)], cancellationToken);
}
