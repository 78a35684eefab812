using System.Globalization;
using System.Net;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Networks;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    /// <summary>Publishes ports and takes others back, of a running container at once, of any one for its next starts.</summary>
    /// <param name="reference">The container.</param>
    /// <param name="added">Ports to publish.</param>
    /// <param name="removed">Ports to take back.</param>
    /// <param name="hostConfigJson">HostConfig as the API shows it with these bindings, made of the record under the lock.</param>
    /// <param name="cancellationToken">Ends waiting, not a change that has begun.</param>
    /// <exception cref="EngineException">One to take back is not published, or one to publish is taken: nothing is changed.</exception>
    public async Task ChangePortsAsync(string reference, IReadOnlyList<PortBinding> added, IReadOnlyList<PortRemoval> removed, Func<string, IReadOnlyList<PortBinding>, string> hostConfigJson, CancellationToken cancellationToken)
    {
        ContainerId id = table.Find(reference).Id;
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        if (container.Host.NetworkMode is "host" or "none" || container.Host.NetworkMode.StartsWith("container:", StringComparison.Ordinal))
            throw EngineException.Invalid($"conflicting options: port publishing and the network mode {container.Host.NetworkMode}");
        Sandbox? sandbox = container.State.IsAlive && networks.TryGetSandbox(id, out Sandbox? living) ? living : null;
        List<PortBinding> bindings = [.. container.Host.PortBindings];
        var taken = new List<PublishedPort>();
        foreach (PortRemoval removal in removed)
            TakeBack(container, removal, sandbox, bindings, taken);
        bindings.AddRange(added);
        if (sandbox is not null)
            await networks.ChangePortsAsync(id, taken, [.. added.Select(ContainerSandboxes.Describe)], CancellationToken.None);
        // The point of no return: the ports answer. They are kept whatever the client does now.
        ContainerRecord changed = container with
        {
            Host = container.Host with { PortBindings = bindings },
            HostConfigJson = hostConfigJson(container.HostConfigJson, bindings),
        };
        await table.SaveAsync(changed);
        Publish(changed, "update");
    }

    /// <summary>Finds what a removal means: the living ports, and the binding that they came of.</summary>
    private static void TakeBack(ContainerRecord container, PortRemoval removal, Sandbox? sandbox, List<PortBinding> bindings, List<PublishedPort> taken)
    {
        PublishedPort[] living = [.. (sandbox?.Ports ?? []).Where(port => port.HostPort == removal.HostPort && port.Protocol == removal.Protocol && IsAt(port.HostAddress, removal.HostIp))];
        string text = removal.HostPort.ToString(CultureInfo.InvariantCulture);
        int index = bindings.FindIndex(binding => binding.HostPort == text && binding.Protocol == removal.Protocol && (removal.HostIp.Length == 0 || binding.HostIp == removal.HostIp));
        // A port that the engine chose: out of a range, or any.
        if (index < 0 && living.Length > 0)
            index = bindings.FindIndex(binding => binding.ContainerPort == living[0].ContainerPort && binding.Protocol == removal.Protocol && !ushort.TryParse(binding.HostPort, out _));
        if (index < 0 && living.Length == 0)
            throw EngineException.NotFound($"container {container.Name} does not publish port {text}/{removal.Protocol}{(removal.HostIp.Length == 0 ? "" : " at " + removal.HostIp)}");
        if (index >= 0)
            bindings.RemoveAt(index);
        taken.AddRange(living);
    }

    private static bool IsAt(IPAddress address, string asked) => asked.Length == 0 || (IPAddress.TryParse(asked, out IPAddress? wanted) && wanted.Equals(address));
}
