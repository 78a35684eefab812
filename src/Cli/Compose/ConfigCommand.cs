using System.CommandLine;
using System.Text;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Compose;
using Argosy.Contract.Stacks;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy config</c>: the project as it is understood.</summary>
internal static class ConfigCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> format = Flag.Text("--format", "Format the output (\"yaml\"|\"json\")");
        Option<bool> quiet = Flag.Bool("--quiet", "Only validate the configuration", "-q");
        Option<bool> services = Flag.Bool("--services", "Print the service names, one per line");
        Option<bool> volumes = Flag.Bool("--volumes", "Print the volume names, one per line");
        Option<bool> networks = Flag.Bool("--networks", "Print the network names, one per line");
        Option<bool> images = Flag.Bool("--images", "Print the image names, one per line");
        Option<bool> profiles = Flag.Bool("--profiles", "Print the profile names, one per line");
        Option<string?> output = Flag.Text("--output", "Save to a file (default to stdout)", "-o");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "Parse, resolve and print compose files in canonical form")
        {
            format, quiet, services, volumes, networks, images, profiles, output,
        }.With(0, "argosy config", "argosy config --format json --services");
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            ComposeProject project = flags.Load(session, line, line.Arguments);
            StackSpec spec = Selected(project.Spec, line.Arguments);
            if (line.Get(quiet))
                return;
            IEnumerable<string>? names = line.Get(services) ? spec.Services.Keys
                : line.Get(volumes) ? spec.Volumes.Keys
                : line.Get(networks) ? spec.Networks.Keys
                : line.Get(images) ? spec.Services.Select(service => service.Value.Image ?? $"{spec.Name}-{service.Key}").Distinct()
                : line.Get(profiles) ? spec.Services.Values.Concat(project.Disabled.Values).SelectMany(service => service.Profiles).Distinct().Order(StringComparer.Ordinal)
                : null;
            string text = names is not null ? string.Concat(names.Select(name => name + "\n")) : line.Get(format) switch
            {
                null or "yaml" => ConfigWriter.ToYaml(spec),
                "json" => ConfigWriter.ToJson(spec),
                var other => throw new CliException($"unsupported format \"{other}\": use yaml or json"),
            };
            await WriteAsync(session, line.Get(output), text, cancellationToken);
        });
    }

    private static StackSpec Selected(StackSpec spec, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return spec;
        foreach (string name in names)
        {
            if (!spec.Services.ContainsKey(name))
                throw new CliException($"no such service: {name}");
        }
        return spec with { Services = spec.Services.Where(service => names.Contains(service.Key)).ToDictionary() };
    }

    private static async Task WriteAsync(CliSession session, string? file, string text, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await session.Out.WriteAsync(text);
            return;
        }
        await using FileStream stream = File.Create(file);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
    }
}
