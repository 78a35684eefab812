namespace Argosy.Client;

/// <summary>No engine answered at the endpoint; nothing was asked of it.</summary>
public sealed class EngineConnectionException(EngineEndpoint endpoint, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Where the engine was looked for.</summary>
    public EngineEndpoint Endpoint { get; } = endpoint;
}
