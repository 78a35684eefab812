namespace Argosy.Networks;

/// <summary>Kernel settings below /proc/sys; they are those of the calling thread's network namespace.</summary>
internal static class HostSettings
{
    /// <summary>Sets one if it is not so already. False when the kernel does not have it.</summary>
    internal static bool Write(string name, string value)
    {
        string path = Path.Combine("/proc/sys", name);
        try
        {
            if (File.ReadAllText(path).Trim() == value)
                return true;
            // Not state of ours, and no file either: there is nothing to replace atomically.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(value));
            return true;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Reads one; null when the kernel does not have it.</summary>
    internal static string? Read(string name)
    {
        string path = Path.Combine("/proc/sys", name);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }
}
