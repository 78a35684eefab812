using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Contract;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers.Options;

/// <summary>The options that <c>run</c> and <c>create</c> share, and the create request they make.</summary>
internal sealed class ContainerFlags
{
    private readonly ProcessFlags process = new();
    private readonly ResourceFlags resources = new();
    private readonly NetworkFlags network = new();
    private readonly StorageFlags storage = new();
    private readonly HealthFlags health = new();
    private readonly IsolationFlags isolation = new();
    private readonly Option<string?> logDriver = Flag.Text("--log-driver", "Logging driver for the container");
    private readonly Option<string[]> logOptions = Flag.List("--log-opt", "Log driver options");
    private readonly Option<string?> restart = Flag.Text("--restart", "Restart policy to apply when a container exits (default \"no\")");
    private readonly Option<string[]> annotations = Flag.List("--annotation", "map", "Add an annotation to the container (passed through to the OCI runtime)", []);

    public Option<bool> Remove { get; } = Flag.Bool("--rm", "Automatically remove the container and its associated anonymous volumes when it exits");

    public Option<string?> Name { get; } = Flag.Text("--name", "Assign a name to the container");

    public Option<string?> Platform { get; } = Flag.Text("--platform", "Set platform if server is multi-platform capable");

    public Option<string?> Pull { get; } = Flag.Text("--pull", "Pull image before running (\"always\", \"missing\", \"never\") (default \"missing\")");

    public Option<bool> Quiet { get; } = Flag.Bool("--quiet", "Suppress the pull output", "-q");

    public Option<string?> CidFile { get; } = Flag.Text("--cidfile", "Write the container ID to the file");

    public ProcessFlags Process => process;

    public void AddTo(Command command)
    {
        foreach (Option option in (IEnumerable<Option>)[Remove, Name, Platform, Pull, Quiet, CidFile, logDriver, logOptions, restart, annotations])
            command.Add(option);
        foreach (IReadOnlyList<Option> group in (IEnumerable<IReadOnlyList<Option>>)[process.All, resources.All, network.All, storage.All, health.All, isolation.All])
        {
            foreach (Option option in group)
                command.Add(option);
        }
    }

    /// <summary>The request for the engine. Arguments are the image, then the command.</summary>
    /// <param name="line">The parsed command line.</param>
    /// <param name="attach">Which streams the client will join.</param>
    /// <param name="look">The client's environment.</param>
    public ContainerCreateRequest ToRequest(Invocation line, Attachment attach, Func<string, string?> look)
    {
        Refuse(line);
        string image = line.Arguments[0];
        IReadOnlyList<string> command = [.. line.Arguments.Skip(1)];
        PortsAsked ports = network.Ports(line);
        (IReadOnlyDictionary<string, EmptyObject>? volumes, IReadOnlyList<string>? binds) = storage.Volumes(line);
        return process.Config(line, look) with
        {
            Image = image,
            Cmd = command.Count > 0 ? command : null,
            AttachStdin = attach.Stdin,
            AttachStdout = attach.Stdout,
            AttachStderr = attach.Stderr,
            StdinOnce = attach.Stdin && line.Get(process.Interactive),
            ExposedPorts = ports.Exposed,
            Volumes = volumes,
            Healthcheck = health.ToConfig(line),
            MacAddress = network.MacAddress(line),
            HostConfig = Host(line, binds, ports),
            NetworkingConfig = network.ToConfig(line),
        };
    }

    private HostConfig Host(Invocation line, IReadOnlyList<string>? binds, PortsAsked ports) =>
        isolation.Apply(line, network.Apply(line, resources.ToHostConfig(line))) with
        {
            Binds = binds,
            Mounts = storage.Mounts(line),
            Tmpfs = storage.Tmpfs(line),
            VolumesFrom = storage.VolumesFrom(line),
            VolumeDriver = storage.VolumeDriver(line),
            StorageOpt = storage.StorageOptions(line),
            PortBindings = ports.Bindings,
            PublishAllPorts = network.PublishesAll(line),
            AutoRemove = line.Get(Remove),
            ContainerIdFile = line.Get(CidFile) ?? "",
            LogConfig = new LogConfig { Type = line.Get(logDriver) ?? "", Config = KeyValues.ToMap(line.GetAll(logOptions)) },
            RestartPolicy = Restart(line),
            Annotations = KeyValues.ToMap(line.GetAll(annotations)),
        };

    private RestartPolicy Restart(Invocation line)
    {
        RestartPolicy policy = line.Read(restart, HostSyntax.ParseRestart, new RestartPolicy { Name = "no" });
        if (line.Get(Remove) && policy.Name is not ("" or "no"))
            throw new CliException("conflicting options: cannot specify both --restart and --rm", UsageException.WrongOption);
        return policy;
    }

    private void Refuse(Invocation line)
    {
        if (line.Has(isolation.Gpus))
            throw new CliException("--gpus is not supported; pass device nodes with --device", UsageException.WrongOption);
        if (line.Get(Pull) is not (null or "always" or "missing" or "never"))
            throw new UsageException($"invalid pull option: '{line.Get(Pull)}': must be one of \"always\", \"missing\" or \"never\"");
    }
}
