using System.Net.Sockets;
using Argosy.Catalog.Resolver;
using Argosy.Core;
using Argosy.Linux.Namespaces;
using Argosy.Networks;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog.Dns;

/// <summary>Name servers of the containers on user-defined networks; the default bridge's have the host's resolvers, as with Docker.</summary>
internal sealed class DnsServer(DatagramLoop loop, LocalNames names, UpstreamServers upstream, DnsForwarder forwarder, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<ContainerId, SandboxResolver> resolvers = [];
    private readonly Dictionary<ContainerId, Sandbox> refused = [];

    /// <summary>Opens the sandbox's sockets, or takes note of its change. Null when it is served.</summary>
    internal async Task<ServingProblem?> AttachAsync(Sandbox sandbox)
    {
        await gate.WaitAsync();
        try
        {
            if (resolvers.TryGetValue(sandbox.Container, out SandboxResolver? resolver) && resolver.TryUpdate(sandbox))
                return null;
            await CloseAsync(sandbox.Container);
            return Open(sandbox);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Closes the sandbox's sockets; one that has none is no error.</summary>
    internal async Task DetachAsync(ContainerId container)
    {
        await gate.WaitAsync();
        try
        {
            await CloseAsync(container);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Tries those again whose port was taken: by a resolver that is about to end, or by the container, until it thought better of it.</summary>
    internal async Task RetryAsync()
    {
        await gate.WaitAsync();
        try
        {
            foreach (Sandbox sandbox in refused.Values.ToArray())
                Open(sandbox);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Whether a process lives in any of the namespaces.</summary>
    internal async Task<bool> HasUsersAsync()
    {
        await gate.WaitAsync();
        string[] paths;
        try
        {
            paths = [.. resolvers.Values.Select(resolver => resolver.NamespacePath), .. refused.Values.Select(sandbox => sandbox.NamespacePath)];
        }
        finally
        {
            gate.Release();
        }
        return NamespaceUsers.Any(paths);
    }

    /// <summary>Closes all.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        try
        {
            foreach (ContainerId container in resolvers.Keys.ToArray())
                await CloseAsync(container);
        }
        finally
        {
            gate.Release();
        }
    }

    private ServingProblem? Open(Sandbox sandbox)
    {
        refused.Remove(sandbox.Container);
        try
        {
            resolvers[sandbox.Container] = SandboxResolver.Open(sandbox, loop, names, upstream, forwarder, time, logger);
            return null;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            bool taken = exception is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse };
            if (taken)
                refused[sandbox.Container] = sandbox;
            return new ServingProblem(sandbox.Container, taken, exception.Message);
        }
    }

    private async Task CloseAsync(ContainerId container)
    {
        refused.Remove(container);
        if (resolvers.Remove(container, out SandboxResolver? resolver))
            await resolver.DisposeAsync();
    }
}
