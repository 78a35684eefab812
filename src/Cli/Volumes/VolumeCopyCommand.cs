using Argosy.Cli.CommandLine;
using Argosy.Cli.Copying;
using Argosy.Cli.Session;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume cp</c>.</summary>
internal static class VolumeCopyCommand
{
    public static VerbCommand Create(CliSession session) => CopyVerb.Create(
        session, "volume",
        ("[OPTIONS] VOLUME:SRC_PATH DEST_PATH|-\n\targosy volume cp [OPTIONS] SRC_PATH|- VOLUME:DEST_PATH", "Copy files/folders between a volume and the local filesystem"),
        ["argosy volume cp data:/pg_hba.conf .", "argosy volume cp ./site assets:/", "argosy volume cp data:/ - | tar t"],
        name => new VolumeSide(session.Client.Volumes, name));
}
