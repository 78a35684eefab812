using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.Inspection;

/// <summary><c>argosy inspect</c>, and <c>inspect</c> of each group.</summary>
internal static class InspectCommand
{
    private static readonly IReadOnlyList<string> AllTypes = ["container", "image", "network", "volume"];

    public static VerbCommand Create(CliSession session)
    {
        Option<string?> type = Flag.Text("--type", "Only inspect objects of the given type (container, image, network, volume)");
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'json' or a Go template", "-f");
        Option<bool> size = Flag.Bool("--size", "Display total file sizes if the type is container or volume", "-s");
        return new VerbCommand("[OPTIONS] NAME|ID [NAME|ID...]", "Return low-level information on Docker objects")
        {
            type, format, size,
        }.With(1, "argosy inspect web", "argosy inspect -f '{{.State.Pid}}' web").Runs((line, cancellationToken) =>
        {
            string? only = line.Get(type);
            if (only is not null && !AllTypes.Contains(only))
                throw new CliException(only is "" ? "type is empty: must be one of \"container\", \"image\", \"network\" or \"volume\"" : $"unknown type: \"{only}\": must be one of \"container\", \"image\", \"network\" or \"volume\"");
            return new Inspector(session, only is null ? AllTypes : [only], line.Get(size)).RunAsync(line.Arguments, line.Get(format), cancellationToken);
        });
    }

    public static VerbCommand CreateForContainers(CliSession session)
    {
        Option<bool> size = Flag.Bool("--size", "Display total file sizes", "-s");
        return CreateFor(session, "container", "[OPTIONS] CONTAINER [CONTAINER...]", "containers", size);
    }

    public static VerbCommand CreateForImages(CliSession session) => CreateFor(session, "image", "[OPTIONS] IMAGE [IMAGE...]", "images");

    public static VerbCommand CreateForNetworks(CliSession session) => CreateFor(session, "network", "[OPTIONS] NETWORK [NETWORK...]", "networks");

    public static VerbCommand CreateForVolumes(CliSession session)
    {
        Option<bool> size = Flag.Bool("--size", "Display what the volume's files take and how many containers name it", "-s");
        return CreateFor(session, "volume", "[OPTIONS] VOLUME [VOLUME...]", "volumes", size);
    }

    private static VerbCommand CreateFor(CliSession session, string type, string usage, string plural, Option<bool>? size = null)
    {
        Option<string?> format = Flag.Text("--format", "Format output using a custom template: 'json' or a Go template", "-f");
        VerbCommand command = new VerbCommand(usage, $"Display detailed information on one or more {plural}") { format }.With(1, $"argosy {type} inspect NAME");
        if (size is not null)
            command.Add(size);
        return command.Runs((line, cancellationToken) =>
            new Inspector(session, [type], size is not null && line.Get(size)).RunAsync(line.Arguments, line.Get(format), cancellationToken));
    }
}
