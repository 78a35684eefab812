using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Contract.Volumes;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume create</c>.</summary>
internal static class VolumeCreateCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> driver = Flag.Text("--driver", "Specify volume driver name (default \"local\")", "-d");
        Option<string[]> labels = Flag.List("--label", "Set metadata for a volume");
        Option<string[]> options = Flag.List("--opt", "map", "Set driver specific options (default map[])", ["-o"]);
        Option<string?> name = Flag.Text("--name", "Specify volume name");
        name.Hidden = true;
        return new VerbCommand("[OPTIONS] [VOLUME]", "Create a volume")
        {
            driver, labels, options, name,
        }.With(0, 1, "argosy volume create data", "argosy volume create -o type=tmpfs -o device=tmpfs -o o=size=100m scratch").Runs(async (line, cancellationToken) =>
        {
            Volume volume = await session.Client.Volumes.CreateAsync(new VolumeCreateRequest
            {
                Name = line.Arguments.Count == 1 ? line.Arguments[0] : line.Get(name) ?? "",
                Driver = line.Get(driver) ?? "local",
                DriverOpts = KeyValues.ToMap(line.GetAll(options)),
                Labels = KeyValues.ToMap(line.GetAll(labels)),
            }, cancellationToken);
            await session.Out.WriteLineAsync(volume.Name);
        });
    }
}
