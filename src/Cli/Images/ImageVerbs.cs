using Argosy.Cli.Build;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Inspection;

namespace Argosy.Cli.Images;

/// <summary>The commands about images.</summary>
internal static class ImageVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new Verb("images", "List images", ImageListCommand.Create) { Aliases = ["image ls", "image list"] },
        new Verb("build", "Build an image from a Dockerfile", BuildCommand.Create) { Aliases = ["image build", "builder build"] },
        new Verb("builder prune", "Remove build cache", BuilderPruneCommand.Create),
        Verb("pull", "Download an image from a registry", PullCommand.Create),
        Verb("push", "Upload an image to a registry", PushCommand.Create),
        new Verb("search", "Search Docker Hub, or a registry that can be searched, for images", SearchCommand.Create),
        Verb("tag", "Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE", TagCommand.Create),
        Verb("history", "Show the history of an image", HistoryCommand.Create),
        Verb("load", "Load an image from a tar archive or STDIN", LoadCommand.Create),
        Verb("save", "Save one or more images to a tar archive (streamed to STDOUT by default)", SaveCommand.Create),
        Verb("import", "Import the contents from a tarball to create a filesystem image", ImportCommand.Create),
        new Verb("rmi", "Remove one or more images", ImageRemoveCommand.Create) { Aliases = ["image rm", "image remove"] },
        new Verb("image inspect", "Display detailed information on one or more images", InspectCommand.CreateForImages),
        new Verb("image prune", "Remove unused images", ImagePruneCommand.Create),
    ];

    private static Verb Verb(string name, string summary, Func<Session.CliSession, VerbCommand> create) =>
        new(name, summary, create) { Aliases = ["image " + name] };
}
