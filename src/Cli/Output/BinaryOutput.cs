using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.Output;

/// <summary>Writes an archive to a file or to standard output, never to a terminal.</summary>
internal static class BinaryOutput
{
    /// <param name="session">Whose standard output.</param>
    /// <param name="path">The file; null or empty is standard output. It appears when it is complete.</param>
    /// <param name="open">Opens what is to be written.</param>
    /// <param name="cancellationToken">Stops writing.</param>
    public static async Task SaveAsync(CliSession session, string? path, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(path))
        {
            if (session.Streams.OutputIsTerminal)
                throw new CliException("cowardly refusing to save to a terminal. Use the -o flag or redirect");
            await using Stream content = await open();
            await content.CopyToAsync(session.Streams.Output, cancellationToken);
            return;
        }
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target) || !Directory.Exists(Path.GetDirectoryName(target)))
            throw new CliException($"invalid output path: \"{path}\" must be a file in a directory that exists");
        await SaveFileAsync(target, open, cancellationToken);
    }

    private static async Task SaveFileAsync(string target, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        await using Stream content = await open();
        string temporary = $"{target}.tmp-{Environment.ProcessId}";
        try
        {
            await using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
                await content.CopyToAsync(file, cancellationToken);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
