using Argosy.Cli.CommandLine;

namespace Argosy.Cli.Output;

/// <summary>Opens a file that the user named.</summary>
internal static class InputFile
{
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException($"open {path}: no such file or directory");
        }
        catch (UnauthorizedAccessException)
        {
            throw new CliException($"open {path}: permission denied");
        }
    }
}
