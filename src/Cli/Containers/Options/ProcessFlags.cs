using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers.Options;

/// <summary>What runs in the container: environment, user, entry point, terminal.</summary>
internal sealed class ProcessFlags
{
    private readonly Option<string[]> environment = Flag.List("--env", "Set environment variables", "-e");
    private readonly Option<string[]> environmentFiles = Flag.List("--env-file", "Read in a file of environment variables");
    private readonly Option<string[]> labels = Flag.List("--label", "Set meta data on a container", "-l");
    private readonly Option<string[]> labelFiles = Flag.List("--label-file", "Read in a line delimited file of labels");
    private readonly Option<string?> entrypoint = Flag.Text("--entrypoint", "Overwrite the default ENTRYPOINT of the image");
    private readonly Option<string?> user = Flag.Text("--user", "Username or UID (format: <name|uid>[:<group|gid>])", "-u");
    private readonly Option<string?> workingDirectory = Flag.Text("--workdir", "Working directory inside the container", "-w");
    private readonly Option<string?> hostname = Flag.Text("--hostname", "Container host name", "-h");
    private readonly Option<string?> domainname = Flag.Text("--domainname", "Container NIS domain name");
    private readonly Option<string?> stopSignal = Flag.Text("--stop-signal", "Signal to stop the container");
    private readonly Option<int?> stopTimeout = Flag.Int("--stop-timeout", "Timeout (in seconds) to stop a container");

    public Option<bool> Interactive { get; } = Flag.Bool("--interactive", "Keep STDIN open even if not attached", "-i");

    public Option<bool> Tty { get; } = Flag.Bool("--tty", "Allocate a pseudo-TTY", "-t");

    public Option<string[]> Attach { get; } = Flag.List("--attach", "Attach to STDIN, STDOUT or STDERR", "-a");

    public IReadOnlyList<Option> All =>
    [
        environment, environmentFiles, labels, labelFiles, entrypoint, user, workingDirectory, hostname, domainname, stopSignal, stopTimeout,
        Interactive, Tty, Attach,
    ];

    public ContainerCreateRequest Config(Invocation line, Func<string, string?> look) => new()
    {
        Env = Environment(line, look),
        Labels = KeyValues.ToMap(line.ReadAll(labelFiles, path => KeyValueFiles.Read(path, null)).SelectMany(entries => entries).Concat(line.GetAll(labels))),
        Entrypoint = line.Has(entrypoint) ? [line.Get(entrypoint) ?? ""] : null,
        User = line.Get(user) ?? "",
        WorkingDir = line.Get(workingDirectory) ?? "",
        Hostname = line.Get(hostname) ?? "",
        Domainname = line.Get(domainname) ?? "",
        StopSignal = line.Get(stopSignal),
        StopTimeout = line.Get(stopTimeout),
        OpenStdin = line.Get(Interactive),
        Tty = line.Get(Tty),
    };

    private List<string>? Environment(Invocation line, Func<string, string?> look)
    {
        List<string> entries =
        [
            .. line.ReadAll(environmentFiles, path => KeyValueFiles.Read(path, look)).SelectMany(file => file),
            .. line.ReadAll(environment, entry => KeyValueFiles.Environment(entry, look)).OfType<string>(),
        ];
        return entries.Count > 0 ? entries : null;
    }
}
