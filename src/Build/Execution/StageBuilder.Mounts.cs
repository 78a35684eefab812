using System.Globalization;
using System.Text;
using Argosy.Build.Cache;
using Argosy.Build.Context;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>RUN --mount.</summary>
internal sealed partial class StageBuilder
{
    // What BuildKit gives a secret's file; readable by its owner alone.
    private const int SecretPermissions = 0x100;
    private const int AgentPermissions = 0x180;

    // Where BuildKit puts the agents' sockets; a number follows.
    private const string AgentPath = "/run/buildkit/ssh_agent.";

    private async Task<IReadOnlyList<PlannedMount>> PlanMountsAsync(RunInstruction instruction, CancellationToken cancellationToken)
    {
        var planned = new List<PlannedMount>();
        int agents = 0;
        foreach (RunMount mount in Guarded(instruction, () => instruction.Mounts.Select(text => RunMountParser.Parse(text, Expand)).ToArray()))
        {
            bool hasSource = mount.Type == RunMountType.Bind || mount.From is not null;
            BuildSource? source = hasSource ? await FindSourceAsync(mount.From, cancellationToken) : null;
            string? target = mount.Type == RunMountType.Ssh ? mount.Target ?? AgentPath + (agents++).ToString(CultureInfo.InvariantCulture) : mount.Target;
            planned.Add(new PlannedMount(mount, target is null ? null : ContainerPath.Absolute(WorkingDirectory, target), source));
        }
        // The outer ones first: a mount would hide what is mounted below its target.
        return [.. planned.OrderBy(mount => mount.Target, StringComparer.Ordinal)];
    }

    /// <summary>Opens everything that the mounts need, for as long as <paramref name="held"/> lives.</summary>
    private async Task<StepCommand> MountAsync(StepCommand step, IReadOnlyList<PlannedMount> planned, Rollback held, CancellationToken cancellationToken)
    {
        if (planned.Count == 0)
            return step;
        Dictionary<string, string> caches = await TakeCachesAsync(planned, held, cancellationToken);
        var mounts = new List<StepMount>();
        var environment = new List<string>(step.Environment);
        foreach (PlannedMount planning in planned)
        {
            RunMount mount = planning.Mount;
            switch (mount.Type)
            {
                case RunMountType.Bind:
                    mounts.Add(new StepMount.Bind(await BindAsync(planning, held, cancellationToken), planning.Target!, mount.ReadOnly));
                    break;
                case RunMountType.Cache:
                    mounts.Add(new StepMount.Bind(caches[mount.Id], planning.Target!, mount.ReadOnly));
                    break;
                case RunMountType.Tmpfs:
                    mounts.Add(new StepMount.Tmpfs(planning.Target!, mount.Size));
                    break;
                case RunMountType.Ssh:
                    AddAgent(planning, mounts, environment);
                    break;
                default:
                    AddSecret(planning, mounts, environment);
                    break;
            }
        }
        return step with { Mounts = mounts, Environment = environment };
    }

    /// <summary>What is written to a writable bind mount is thrown away: of the context it gets a copy; a stage or image is mounted for this step alone already.</summary>
    private async Task<string> BindAsync(PlannedMount planning, Rollback held, CancellationToken cancellationToken)
    {
        if (planning.Mount.ReadOnly || planning.HasLayers)
            return await planning.HostPathAsync(cancellationToken);
        var scratch = new ScratchDirectory(session.Request.ContextPath);
        held.Add(() =>
        {
            scratch.Dispose();
            return Task.CompletedTask;
        });
        string path = scratch.NewFile();
        await planning.CopyAsync(path, cancellationToken);
        return path;
    }

    /// <summary>In the order of their names: two steps that want the same two never wait for each other.</summary>
    private async Task<Dictionary<string, string>> TakeCachesAsync(IReadOnlyList<PlannedMount> planned, Rollback held, CancellationToken cancellationToken)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (PlannedMount planning in planned.Where(mount => mount.Mount.Type == RunMountType.Cache).OrderBy(mount => mount.Mount.Id, StringComparer.Ordinal))
        {
            RunMount mount = planning.Mount;
            if (paths.ContainsKey(mount.Id))
                continue;
            CacheMounts.Holding holding = await session.Tools.Mounts.AcquireAsync(mount.Id, mount.Sharing, cancellationToken);
            held.Add(holding.ReleaseAsync);
            if (holding.IsNew)
            {
                if (planning.Source is not null)
                    await planning.CopyAsync(holding.Path, cancellationToken);
                if (planning.Source is null || mount.Mode is not null || mount.User != 0 || mount.Group != 0)
                    holding.SetOwnerAndMode(mount.User, mount.Group, mount.Mode);
                await holding.KeepAsync();
            }
            paths[mount.Id] = holding.Path;
        }
        return paths;
    }

    /// <summary>An agent that the build was not given is left out, unless it is required. The first one is where programs look for it, if the image does not say otherwise.</summary>
    private void AddAgent(PlannedMount planning, List<StepMount> mounts, List<string> environment)
    {
        RunMount mount = planning.Mount;
        if (session.Request.Agents.TryGetValue(mount.Id, out ISshAgent? agent))
            mounts.Add(new StepMount.Agent(planning.Target!, agent, mount.Mode ?? AgentPermissions, mount.User, mount.Group));
        else if (mount.Required)
            throw EngineException.Invalid($"no SSH key \"{mount.Id}\" forwarded from the client");
        if (!environment.Exists(entry => entry.StartsWith("SSH_AUTH_SOCK=", StringComparison.Ordinal)))
            environment.Add($"SSH_AUTH_SOCK={planning.Target}");
    }

    /// <summary>A secret that the build was not given is left out, unless it is required.</summary>
    private void AddSecret(PlannedMount planning, List<StepMount> mounts, List<string> environment)
    {
        RunMount mount = planning.Mount;
        if (!session.Request.Secrets.TryGetValue(mount.Id, out ReadOnlyMemory<byte> value))
        {
            if (mount.Required)
                throw EngineException.Invalid($"secret {mount.Id}: not found");
            return;
        }
        if (planning.Target is { } target)
            mounts.Add(new StepMount.Secret(target, value, mount.Mode ?? SecretPermissions, mount.User, mount.Group));
        if (mount.Variable is not { } name)
            return;
        environment.RemoveAll(entry => entry.StartsWith(name + "=", StringComparison.Ordinal));
        environment.Add($"{name}={Encoding.UTF8.GetString(value.Span)}");
    }
}
