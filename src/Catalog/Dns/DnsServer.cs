using System.Collections.Concurrent;
using System.Net.Sockets;
using Argosy.Core;
using Argosy.Networks;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog.Dns;

/// <summary>Name servers of the containers on user-defined networks; the default bridge's have the host's resolvers, as with Docker.</summary>
internal sealed class DnsServer(LocalNames names, UpstreamServers upstream, DnsForwarder forwarder, TimeProvider time, ILogger<DnsServer> logger) : ISandboxService, IAsyncDisposable
{
    private readonly ConcurrentDictionary<ContainerId, SandboxResolver> resolvers = new();

    /// <inheritdoc/>
    public async ValueTask AttachAsync(Sandbox sandbox)
    {
        bool wanted = sandbox.Endpoints.Any(endpoint => endpoint.DnsNames.Count > 0);
        if (!wanted)
            await DetachAsync(sandbox.Container);
        else if (resolvers.TryGetValue(sandbox.Container, out SandboxResolver? resolver))
            resolver.Update(sandbox);
        else
            Open(sandbox);
    }

    /// <inheritdoc/>
    public async ValueTask DetachAsync(ContainerId container)
    {
        if (resolvers.TryRemove(container, out SandboxResolver? resolver))
            await resolver.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (ContainerId container in resolvers.Keys)
            await DetachAsync(container);
    }

    private void Open(Sandbox sandbox)
    {
        try
        {
            resolvers[sandbox.Container] = SandboxResolver.Open(sandbox, names, upstream, forwarder, time, logger);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // An adopted container that runs a name server on all of its addresses: it has ours no more, and lives.
            CatalogLog.PortTaken(logger, sandbox.Container.Value);
        }
    }
}
