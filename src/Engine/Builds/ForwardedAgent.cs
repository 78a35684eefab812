using System.Threading.Channels;
using Argosy.Build;

namespace Argosy.Engine.Builds;

/// <summary>
/// The client's SSH agent. The client keeps a connection in reserve that waits here; when a step connects to the agent it is given that one, the client
/// joins it with its agent at the first byte, and sends the next. So each conversation has an agent's connection of its own, as OpenSSH expects.
/// </summary>
public sealed class ForwardedAgent : ISshAgent, IDisposable
{
    // A client has one or two in reserve; more are its mistake.
    private readonly Channel<Offer> reserve = Channel.CreateBounded<Offer>(16);
    private readonly CancellationTokenSource ended = new();

    /// <summary>Offers a connection, and waits until it has been used to its end or nobody will use it any more. The caller closes it then.</summary>
    /// <param name="connection">Both directions; a read of 0 bytes is its end.</param>
    public async Task OfferAsync(Stream connection)
    {
        var offer = new Offer(connection);
        if (!reserve.Writer.TryWrite(offer))
            return;
        await offer.Done.Task.WaitAsync(ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ended.Token);
        return new Conversation(await reserve.Reader.ReadAsync(either.Token));
    }

    /// <summary>The build is over: connections in reserve are let go.</summary>
    public void Dispose()
    {
        reserve.Writer.TryComplete();
        ended.Cancel();
    }

    private sealed record Offer(Stream Stream)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>The connection, given back when it is disposed.</summary>
    private sealed class Conversation(Offer offer) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => offer.Stream.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => offer.Stream.WriteAsync(buffer, cancellationToken);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            offer.Done.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
