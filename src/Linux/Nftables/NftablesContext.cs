using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Nftables;

/// <summary>
/// libnftables, bound to the network namespace in which it was made. One call is one transaction: all of its commands happen, or none.
/// </summary>
/// <remarks>
/// See libnftables(3). A thread of its own makes the calls, and lives as long as this: <see cref="NftablesMonitor"/> knows our transactions by
/// it. A thread of the pool may have ended before its transaction is heard of, and be taken for somebody else.
/// </remarks>
public sealed partial class NftablesContext : IDisposable
{
    private const string Library = "libnftables.so.1";

    // The library is not thread-safe: contexts share what it knows of interfaces and types.
    private static readonly Lock Gate = new();
    private readonly nint context;
    private readonly BlockingCollection<Task> calls = [];
    private readonly Thread thread;
    private bool disposed;

    /// <summary>Loads the library and opens its netlink socket.</summary>
    public NftablesContext()
    {
        context = nft_ctx_new(0);
        if (context == 0)
            throw new LinuxException("nft_ctx_new", null, Errno.NoMemory);
        if (nft_ctx_buffer_output(context) != 0 || nft_ctx_buffer_error(context) != 0)
            throw new LinuxException("nft_ctx_buffer_output", null, Errno.NoMemory);
        thread = new Thread(MakeCalls) { IsBackground = true, Name = "nftables" };
        thread.Start();
    }

    /// <summary>Runs commands of nft(8)'s language as one transaction.</summary>
    /// <returns>What "list" commands print.</returns>
    /// <exception cref="LinuxException">The kernel or the parser refused; nothing was changed. The text is nftables'.</exception>
    public string Run(string commands) => TryRun(commands, out string output) ? output : throw new LinuxException("nft", null, Errno.Invalid, output);

    /// <summary>As <see cref="Run"/>; false with the error's text instead of an exception.</summary>
    public bool TryRun(string commands, out string output)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var call = new Task<(bool Done, string Output)>(() => Call(commands));
        calls.Add(call);
        (bool done, output) = call.GetAwaiter().GetResult();
        return done;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        calls.CompleteAdding();
        thread.Join();
        calls.Dispose();
        nft_ctx_free(context);
    }

    private void MakeCalls()
    {
        foreach (Task call in calls.GetConsumingEnumerable())
            call.RunSynchronously();
    }

    private (bool Done, string Output) Call(string commands)
    {
        lock (Gate)
        {
            bool done = nft_run_cmd_from_buffer(context, commands) == 0;
            // Each call empties its buffer: the next transaction must not see this one's words.
            string printed = Marshal.PtrToStringUTF8(nft_ctx_get_output_buffer(context)) ?? "";
            string error = Marshal.PtrToStringUTF8(nft_ctx_get_error_buffer(context)) ?? "";
            return (done, done ? printed : error.Trim());
        }
    }

    [LibraryImport(Library)]
    private static partial nint nft_ctx_new(uint flags);

    [LibraryImport(Library)]
    private static partial void nft_ctx_free(nint context);

    [LibraryImport(Library)]
    private static partial int nft_ctx_buffer_output(nint context);

    [LibraryImport(Library)]
    private static partial int nft_ctx_buffer_error(nint context);

    [LibraryImport(Library)]
    private static partial nint nft_ctx_get_output_buffer(nint context);

    [LibraryImport(Library)]
    private static partial nint nft_ctx_get_error_buffer(nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int nft_run_cmd_from_buffer(nint context, string commands);
}
