using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Argosy.Core;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Images.Content;

/// <summary>
/// A blob on its way into the store: hashed while it is written, committed by rename. Disposing without
/// <see cref="Commit"/> leaves nothing.
/// </summary>
/// <remarks>One writer. <see cref="OpenFollower"/> gives readers that read along while the blob is still growing.</remarks>
public sealed class BlobIngest : IDisposable
{
    private readonly ContentStore store;
    private readonly string path;
    private readonly Digest? expected;
    private readonly long? size;
    private readonly SafeFileHandle file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly object gate = new();
    private long length;
    private bool finished;
    private bool committed;
    private Exception? failure;

    internal BlobIngest(ContentStore store, string path, Digest? expected, long? size)
    {
        (this.store, this.path, this.expected, this.size) = (store, path, expected, size);
        file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, FileOptions.None, size ?? 0);
    }

    /// <summary>Bytes written so far.</summary>
    public long Length => Volatile.Read(ref length);

    /// <summary>Appends.</summary>
    /// <exception cref="EngineException">More comes than was announced.</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        if (length + content.Length > (size ?? long.MaxValue))
            throw new EngineException(ErrorKind.InvalidArgument, $"content {expected} is longer than the {size} bytes announced");
        RandomAccess.Write(file, content, length);
        hash.AppendData(content);
        lock (gate)
        {
            length += content.Length;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Copies a stream to its end.</summary>
    /// <param name="source">The content.</param>
    /// <param name="progress">Told the bytes written so far.</param>
    /// <param name="cancellationToken">Ends it; the blob is not committed.</param>
    public async Task WriteAsync(Stream source, Action<long>? progress, CancellationToken cancellationToken)
    {
        byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(128 * 1024);
        try
        {
            int read;
            while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
            {
                Write(buffer.AsSpan(0, read));
                progress?.Invoke(length);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Verifies size and digest and makes the blob visible. Followers reach their end only now.</summary>
    /// <exception cref="EngineException">The content is not what was announced; nothing is kept.</exception>
    /// <param name="beforeVisible">Told the digest before the blob can be seen, and so collected: the moment to take a lease.</param>
    public Digest Commit(Action<Digest>? beforeVisible = null)
    {
        try
        {
            return CommitVerified(beforeVisible);
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }
    }

    /// <summary>Makes followers fail with this reason instead of waiting for ever.</summary>
    public void Fail(Exception reason)
    {
        lock (gate)
        {
            failure ??= reason;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>A stream that reads the blob from its start, waits while it is growing, and ends when it is committed.</summary>
    /// <remarks>Synchronous reads, from a thread that may wait.</remarks>
    public Stream OpenFollower() =>
        new FollowerStream(this, File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

    /// <summary>A stream that writes into the blob.</summary>
    public Stream AsStream() => new IngestStream(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        Fail(new OperationCanceledException("the transfer was given up"));
        file.Dispose();
        hash.Dispose();
        if (!committed)
            File.Delete(path);
        store.EndUnfinished(path);
    }

    /// <summary>Waits until there is something after this position; 0 at the end.</summary>
    internal long WaitBeyond(long position)
    {
        lock (gate)
        {
            while (length <= position && !finished && failure is null)
                Monitor.Wait(gate);
            if (failure is not null && !finished)
                ExceptionDispatchInfo.Throw(failure);
            return length - position;
        }
    }

    private Digest CommitVerified(Action<Digest>? beforeVisible)
    {
        if (size is { } announced && length != announced)
            throw new EngineException(ErrorKind.InvalidArgument, $"content {expected} has {length} bytes where {announced} were announced");
        Digest actual = Digest.FromHash(hash.GetHashAndReset());
        if (expected is { } wanted && actual != wanted)
            throw new EngineException(ErrorKind.InvalidArgument, $"filesystem layer verification failed for digest {wanted}");
        beforeVisible?.Invoke(actual);
        File.Move(path, store.PathOf(actual), overwrite: true);
        committed = true;
        lock (gate)
        {
            finished = true;
            Monitor.PulseAll(gate);
        }
        return actual;
    }
}
