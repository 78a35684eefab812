using Argosy.Cli.CommandLine;
using Argosy.Cli.Copying;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy cp</c>.</summary>
internal static class CopyCommand
{
    public static VerbCommand Create(CliSession session) => CopyVerb.Create(
        session, "container",
        ("[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\targosy cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH", "Copy files/folders between a container and the local filesystem"),
        ["argosy cp web:/etc/nginx/nginx.conf .", "argosy cp ./site web:/usr/share/nginx/html", "argosy cp web:/var/log - | tar t"],
        name => new ContainerSide(session.Client.Containers, name));
}
