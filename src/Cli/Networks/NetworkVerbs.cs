using Argosy.Cli.CommandLine;
using Argosy.Cli.Inspection;

namespace Argosy.Cli.Networks;

/// <summary>The commands about networks.</summary>
internal static class NetworkVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new Verb("network ls", "List networks", NetworkListCommand.Create) { Aliases = ["network list"] },
        new Verb("network create", "Create a network", NetworkCreateCommand.Create),
        new Verb("network inspect", "Display detailed information on one or more networks", InspectCommand.CreateForNetworks),
        new Verb("network rm", "Remove one or more networks", NetworkRemoveCommand.Create) { Aliases = ["network remove"] },
        new Verb("network prune", "Remove all unused networks", NetworkPruneCommand.Create),
        new Verb("network connect", "Connect a container to a network", NetworkConnectCommand.CreateConnect),
        new Verb("network disconnect", "Disconnect a container from a network", NetworkConnectCommand.CreateDisconnect),
    ];
}
