using System.Text;

namespace Argosy.Cli.Compose;

/// <summary>Takes a container's output and writes whole lines, each behind a prefix; several share one writer.</summary>
internal sealed class LinePrefixStream(TextWriter output, SemaphoreSlim gate, string prefix) : Stream
{
    private readonly List<byte> line = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (int end; (end = buffer.Span.IndexOf((byte)'\n')) >= 0; buffer = buffer[(end + 1)..])
        {
            line.AddRange(buffer.Span[..end]);
            await WriteLineAsync();
        }
        line.AddRange(buffer.Span);
    }

    /// <summary>What has come without a line's end is a line, too.</summary>
    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (line.Count > 0)
            await WriteLineAsync();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Lines are written when they are whole; the last one by FlushAsync.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task WriteLineAsync()
    {
        string text = Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
        line.Clear();
        await gate.WaitAsync();
        try
        {
            await output.WriteAsync($"{prefix}{text}\n");
        }
        finally
        {
            gate.Release();
        }
    }
}
