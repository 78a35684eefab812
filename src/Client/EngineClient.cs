using Argosy.Client.Transport;

namespace Argosy.Client;

/// <summary>
/// A client of the Engine API, for an Argosy daemon or any Docker engine. Thread-safe; connections are kept and reused.
/// Every method throws <see cref="ApiException"/> when the engine refuses and <see cref="EngineConnectionException"/> when none answers.
/// </summary>
public sealed class EngineClient : IDisposable
{
    private readonly EngineTransport transport;

    /// <summary>A client for one endpoint; nothing is sent yet.</summary>
    /// <param name="endpoint">Where the engine listens.</param>
    /// <param name="apiVersion">Fixes the API version ("1.43"); null takes the newest that both sides know.</param>
    public EngineClient(EngineEndpoint endpoint, string? apiVersion = null)
    {
        transport = new EngineTransport(endpoint, new ApiVersionChoice(apiVersion));
        Containers = new ContainersClient(transport);
        Execs = new ExecsClient(transport);
        Images = new ImagesClient(transport);
        Stacks = new StacksClient(transport);
        Networks = new NetworksClient(transport);
        Volumes = new VolumesClient(transport);
        System = new SystemClient(transport);
    }

    /// <summary>Where the engine listens.</summary>
    public EngineEndpoint Endpoint => transport.Endpoint;

    /// <summary>The API version in use.</summary>
    public string ApiVersion => transport.Version;

    /// <summary>The newest API version this client knows.</summary>
    public static string NewestApiVersion => ApiVersionChoice.Newest;

    /// <summary>Containers.</summary>
    public ContainersClient Containers { get; }

    /// <summary>Processes started in running containers.</summary>
    public ExecsClient Execs { get; }

    /// <summary>Images.</summary>
    public ImagesClient Images { get; }

    /// <summary>Stacks; only Argosy has them.</summary>
    public StacksClient Stacks { get; }

    /// <summary>Networks.</summary>
    public NetworksClient Networks { get; }

    /// <summary>Volumes.</summary>
    public VolumesClient Volumes { get; }

    /// <summary>The engine itself.</summary>
    public SystemClient System { get; }

    /// <inheritdoc/>
    public void Dispose() => transport.Dispose();
}
