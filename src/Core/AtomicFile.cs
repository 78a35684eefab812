namespace Argosy.Core;

/// <summary>Replaces whole files so that a crash leaves the old or the new content, never a part.</summary>
public static class AtomicFile
{
    /// <summary>Writes a temporary file beside the target, flushes it to the device (unless told that it need not be), and renames it over the target.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, bool flush = true)
    {
        string temporary = $"{path}.tmp-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = mode };
        using (var stream = new FileStream(temporary, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: flush);
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>UTF-8 text; see the other overload.</summary>
    public static void Write(string path, string content) => Write(path, System.Text.Encoding.UTF8.GetBytes(content));
}
