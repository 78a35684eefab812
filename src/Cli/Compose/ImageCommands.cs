using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Images;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Compose;
using Argosy.Contract.Containers;
using Argosy.Contract.Stacks;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy compose build|pull|images</c>.</summary>
internal static class ImageCommands
{
    public static VerbCommand CreateBuild(CliSession session)
    {
        Option<bool> noCache = Flag.Bool("--no-cache", "Do not use cache when building the image");
        Option<bool> pull = Flag.Bool("--pull", "Always attempt to pull a newer version of the image");
        Option<bool> quiet = Flag.Bool("--quiet", "Suppress the build output", "-q");
        Option<string[]> buildArgs = Flag.List("--build-arg", "Set build-time variables for services");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "Build or rebuild services") { noCache, pull, quiet, buildArgs }.With(0, "argosy compose build --no-cache web");
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs((line, cancellationToken) =>
        {
            ComposeProject project = flags.Load(session, line, line.Arguments);
            var builder = new ServiceBuilder(session, project.Spec)
            {
                NoCache = line.Get(noCache),
                Pull = line.Get(pull),
                IsQuiet = line.Get(quiet),
                Arguments = line.GetAll(buildArgs).Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts.Length > 1 ? parts[1] : Environment.GetEnvironmentVariable(parts[0])),
            };
            return builder.BuildAsync(line.Arguments, cancellationToken);
        });
    }

    public static VerbCommand CreatePull(CliSession session)
    {
        Option<bool> quiet = Flag.Bool("--quiet", "Pull without printing progress information", "-q");
        Option<bool> ignoreBuildable = Flag.Bool("--ignore-buildable", "Ignore images that can be built");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "Pull service images") { quiet, ignoreBuildable }.With(0);
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            ComposeProject project = flags.Load(session, line, line.Arguments);
            foreach (string name in line.Arguments.Where(name => !project.Spec.Services.ContainsKey(name)))
                throw new CliException($"no such service: {name}");
            IEnumerable<StackService> services = project.Spec.Services.Where(entry => line.Arguments.Count == 0 || line.Arguments.Contains(entry.Key)).Select(entry => entry.Value);
            var pulled = new HashSet<string>(StringComparer.Ordinal);
            foreach (StackService service in services.Where(service => service.Image is not null && !(line.Get(ignoreBuildable) && service.Build is not null)))
            {
                if (pulled.Add(service.Image!))
                    await new ImagePull(session, session.Out).RunAsync(service.Image!, service.Platform, line.Get(quiet), cancellationToken);
            }
        });
    }

    public static VerbCommand CreateImages(CliSession session)
    {
        Option<bool> quiet = Flag.Bool("--quiet", "Only display IDs", "-q");
        Option<string?> format = Flag.Text("--format", "Format output: 'table', 'json' or a Go template");
        var command = new VerbCommand("[OPTIONS] [SERVICE...]", "List images used by the created containers") { quiet, format }.With(0);
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            (string project, IReadOnlyList<string> known) = flags.Identify(session, line);
            IReadOnlyList<ContainerSummary> containers = await ComposeContainers.ListAsync(session, project, known, line.Arguments, all: true, cancellationToken);
            if (line.Get(quiet))
                await session.Out.WriteAsync(string.Concat(containers.Select(container => container.ImageId).Distinct().Select(id => id + "\n")));
            else
                Table.Print(session, containers, line.Get(format));
        });
    }

    private static ListFormat<ContainerSummary> Table { get; } = new(
    [
        new("ContainerName", "CONTAINER", ComposeContainers.Name),
        new("Repository", "REPOSITORY", container => ImagePull.Parts(container.Image).Repository),
        new("Tag", "TAG", container => ImagePull.Parts(container.Image).Tag),
        new("ID", "IMAGE ID", container => Ids.Short(container.ImageId)),
    ], "{{.ContainerName}}\t{{.Repository}}\t{{.Tag}}\t{{.ID}}");
}
