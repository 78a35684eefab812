using Argosy.Networks.Companions;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks.Relay;

/// <summary>The relay's ear.</summary>
internal sealed class RelayServer(ControlSocket socket, RelayTable table, string version, ILogger logger)
    : CompanionServer<RelayRequest, RelayAnswer>(RelayProgram.Protocol, socket, logger)
{
    /// <inheritdoc/>
    protected override Task<RelayAnswer> DoAsync(RelayRequest request, IReadOnlyList<SafeFileHandle> descriptors) => Task.FromResult(Do(request, descriptors));

    private RelayAnswer Do(RelayRequest request, IReadOnlyList<SafeFileHandle> descriptors)
    {
        var done = new RelayAnswer { Id = request.Id };
        switch (request)
        {
            case RelayRequest.Hello:
                return done with { Version = version };
            case RelayRequest.Inventory:
                return done with { Ports = table.Keys };
            case RelayRequest.Carry carry:
                if (carry.Sockets != descriptors.Count)
                    throw new InvalidDataException($"{descriptors.Count} sockets for {carry.Sockets} ports");
                foreach ((int index, RelayPort port) in carry.Ports.Index())
                    table.Carry(port, index < carry.Sockets ? descriptors[index] : null);
                return done;
            case RelayRequest.Close close:
                table.Close(close.Ports);
                return done;
            case RelayRequest.End:
                table.Dispose();
                return done;
            default:
                throw Unknown(request);
        }
    }
}
