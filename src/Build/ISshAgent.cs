namespace Argosy.Build;

/// <summary>An SSH agent that the client of a build lends to it. The engine implements it.</summary>
public interface ISshAgent
{
    /// <summary>Opens a conversation with the agent. Who asks pays with a dispose.</summary>
    Task<Stream> ConnectAsync(CancellationToken cancellationToken);
}
