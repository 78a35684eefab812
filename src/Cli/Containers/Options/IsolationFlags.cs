using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers.Options;

/// <summary>How far the container is kept apart from its host: namespaces, capabilities, devices, security.</summary>
internal sealed class IsolationFlags
{
    private readonly Option<bool> privileged = Flag.Bool("--privileged", "Give extended privileges to this container");
    private readonly Option<bool> readOnly = Flag.Bool("--read-only", "Mount the container's root filesystem as read only");
    private readonly Option<bool> init = Flag.Bool("--init", "Run an init inside the container that forwards signals and reaps processes");
    private readonly Option<string[]> capAdd = Flag.List("--cap-add", "Add Linux capabilities");
    private readonly Option<string[]> capDrop = Flag.List("--cap-drop", "Drop Linux capabilities");
    private readonly Option<string[]> securityOptions = Flag.List("--security-opt", "Security Options");
    private readonly Option<string[]> devices = Flag.List("--device", "Add a host device to the container");
    private readonly Option<string[]> deviceRules = Flag.List("--device-cgroup-rule", "Add a rule to the cgroup allowed devices list");
    private readonly Option<string[]> groups = Flag.List("--group-add", "Add additional groups to join");
    private readonly Option<string[]> sysctls = Flag.List("--sysctl", "map", "Sysctl options (default map[])", []);
    private readonly Option<string?> pid = Flag.Text("--pid", "PID namespace to use");
    private readonly Option<string?> ipc = Flag.Text("--ipc", "IPC mode to use");
    private readonly Option<string?> uts = Flag.Text("--uts", "UTS namespace to use");
    private readonly Option<string?> userns = Flag.Text("--userns", "User namespace to use");
    private readonly Option<string?> cgroupns = Flag.Text("--cgroupns", "Cgroup namespace to use (host|private)");
    private readonly Option<string?> runtime = Flag.Text("--runtime", "Runtime to use for this container");
    private readonly Option<string?> isolation = Flag.Text("--isolation", "Container isolation technology");

    public Option<string?> Gpus { get; } = new("--gpus") { Description = "GPU devices (refused)", HelpName = "gpu", Hidden = true };

    public IReadOnlyList<Option> All =>
    [
        privileged, readOnly, init, capAdd, capDrop, securityOptions, devices, deviceRules, groups, sysctls,
        pid, ipc, uts, userns, cgroupns, runtime, isolation, Gpus,
    ];

    public HostConfig Apply(Invocation line, HostConfig host) => host with
    {
        Privileged = line.Get(privileged),
        ReadonlyRootfs = line.Get(readOnly),
        Init = line.Has(init) ? line.Get(init) : null,
        CapAdd = NonEmpty(line.GetAll(capAdd)),
        CapDrop = NonEmpty(line.GetAll(capDrop)),
        SecurityOpt = NonEmpty([.. line.ReadAll(securityOptions, SecurityOption)]),
        Devices = line.ReadAll(devices, HostSyntax.ParseDevice) is { Count: > 0 } list ? list : null,
        DeviceCgroupRules = NonEmpty(line.GetAll(deviceRules)),
        GroupAdd = NonEmpty(line.GetAll(groups)),
        Sysctls = KeyValues.ToMap(line.GetAll(sysctls)),
        PidMode = line.Get(pid) ?? "",
        IpcMode = line.Get(ipc) ?? "",
        UtsMode = line.Get(uts) ?? "",
        UsernsMode = line.Get(userns) ?? "",
        CgroupnsMode = line.Get(cgroupns) ?? "",
        Runtime = line.Get(runtime),
        Isolation = line.Get(isolation) ?? "",
    };

    /// <summary>A seccomp profile is named by a file of the client's, and sent by content.</summary>
    private static string SecurityOption(string text)
    {
        foreach (string prefix in (string[])["seccomp=", "seccomp:"])
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text[prefix.Length..] is var path && path is not ("unconfined" or "builtin"))
            {
                return File.Exists(path)
                    ? "seccomp=" + File.ReadAllText(path)
                    : throw new FormatException($"opening seccomp profile ({path}) failed: open {path}: no such file or directory");
            }
        }
        return text;
    }

    private static IReadOnlyList<string>? NonEmpty(IReadOnlyList<string> list) => list.Count > 0 ? list : null;
}
