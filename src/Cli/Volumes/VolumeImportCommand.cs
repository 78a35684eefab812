using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume import</c>.</summary>
internal static class VolumeImportCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> replace = Flag.Bool("--replace", "Replace what the volume holds, in one step");
        return new VerbCommand("[OPTIONS] VOLUME [FILE|-]", "Fill a volume from a tar archive (plain or compressed); a missing volume is created")
        {
            replace,
        }.With(1, 2, "argosy volume import data data.tar", "zstdcat data.tar.zst | argosy volume import --replace data").Runs(async (line, cancellationToken) =>
        {
            await using Stream archive = Open(session, line.Arguments.Count == 2 ? line.Arguments[1] : "-");
            await session.Client.Volumes.ImportAsync(line.Arguments[0], archive, line.Get(replace), cancellationToken);
            await session.Out.WriteLineAsync(line.Arguments[0]);
        });
    }

    private static Stream Open(CliSession session, string path)
    {
        if (path != "-")
            return File.Exists(path) ? File.OpenRead(path) : throw new CliException($"open {path}: no such file or directory");
        return session.Streams.InputIsTerminal ? throw new CliException("requested import from stdin, but stdin is empty: name a file or redirect") : session.Streams.Input;
    }
}
