using System.IO.Compression;
using Argosy.Linux.Files;
using Argosy.Linux.Processes;
using Argosy.Runtime.Conmon;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Runtime.Logs;

/// <summary>
/// Rotates one log. The live file gets its number as a second name, then conmon is told to begin a new one; until it has,
/// it goes on writing to the old one. So nothing is ever lost, and whatever a crash leaves, <see cref="FinishAsync"/> finishes.
/// </summary>
internal sealed class LogRotor(LogFiles files, LogLimits limits, Bundle bundle, SemaphoreSlim packing, TimeProvider clock)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    /// <summary>Makes conmon begin a new file, and tidies up behind it.</summary>
    /// <returns>False when there is no conmon any more.</returns>
    /// <exception cref="IOException">There is no room, or no right, to.</exception>
    public async Task<bool> RotateAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<int> numbers = files.Numbers();
        if (files.LiveNumber(numbers) is null)
        {
            MakeSpare();
            HardLink.Create(files.Live, files.Rotated((numbers.Count > 0 ? numbers[^1] : 0) + 1));
        }
        return await FinishAsync(cancellationToken);
    }

    /// <summary>Completes what was begun: a rotation, a removal, a compression.</summary>
    /// <returns>False when there is no conmon any more.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        for (TimeSpan wait = TimeSpan.FromMilliseconds(1); files.LiveNumber(files.Numbers()) is not null; wait = wait < LongestWait ? wait * 2 : LongestWait)
        {
            if (!TellOnce())
                return false;
            await Task.Delay(wait, clock, cancellationToken);
        }
        await TidyAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// conmon opens this file and renames it over the live one. It would end, and leave its container alone, if it could not:
    /// on a full disk the failure is to be ours.
    /// </summary>
    private void MakeSpare()
    {
        using var spare = new FileStream(files.Spare, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
    }

    /// <summary>
    /// Asks conmon for a new file, unless it has been asked already: doing it twice would make it begin two, and the first would be lost.
    /// It has not been asked, or not by somebody whom it heard, when nothing waits in its fifo, it waits for events, and the file is still the old one, in this order.
    /// </summary>
    /// <returns>False when there is no conmon: the next one goes on with the old file.</returns>
    private bool TellOnce()
    {
        if (ConmonProcess.Find(bundle.ConmonPidFile, bundle.Id.Value) is not { } conmon)
            return false;
        using SafeFileHandle? fifo = Fifo.OpenForWriting(Path.Combine(bundle.Directory, "ctl"));
        if (fifo is null)
            return false;
        if (Fifo.Unread(fifo) > 0 || !ConmonProcess.IsIdle(conmon) || files.LiveNumber(files.Numbers()) is null)
            return true;
        // conmon's control message 2: reopen the log (ctrl.c, REOPEN_LOGS_EVENT); it wants three numbers.
        using var stream = new FileStream(fifo, FileAccess.Write, bufferSize: 0);
        stream.Write("2 0 0\n"u8);
        return true;
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<int> numbers = files.Numbers();
        int surplus = Math.Max(0, numbers.Count - (limits.MaxFiles - 1));
        foreach (int number in numbers.Take(surplus))
        {
            // The compressed one last: while there is one, the plain one is not missed.
            File.Delete(files.Rotated(number));
            File.Delete(files.Unfinished(number));
            File.Delete(files.Compressed(number));
        }
        if (!limits.Compress)
            return;
        foreach (int number in numbers.Skip(surplus).Where(number => File.Exists(files.Rotated(number))))
            await CompressAsync(number, cancellationToken);
    }

    private async Task CompressAsync(int number, CancellationToken cancellationToken)
    {
        await packing.WaitAsync(cancellationToken);
        try
        {
            if (!File.Exists(files.Compressed(number)))
            {
                await PackAsync(files.Rotated(number), files.Unfinished(number), cancellationToken);
                File.Move(files.Unfinished(number), files.Compressed(number));
            }
            File.Delete(files.Rotated(number));
        }
        catch (Exception)
        {
            File.Delete(files.Unfinished(number));
            throw;
        }
        finally
        {
            packing.Release();
        }
    }

    private static async Task PackAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var target = new FileStream(to, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        await using (var packer = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
            await source.CopyToAsync(packer, 64 * 1024, cancellationToken);
        // The plain file goes next: this one must be on disk before that.
        target.Flush(flushToDisk: true);
    }
}
