namespace Argosy.CompatTests.Engines;

/// <summary>A private daemon with the image busybox:latest, seen as its clients see it.</summary>
public interface IEngine : IAsyncDisposable
{
    EngineKind Kind { get; }

    /// <summary>DOCKER_HOST for a program that <see cref="EngineExtensions.RunAsync"/> starts.</summary>
    string Host { get; }

    /// <summary>Where a client in this process reaches it; the ports that it publishes are reached at this address's host (127.0.0.1 when it has none).</summary>
    Uri Endpoint { get; }

    /// <summary>What a command line begins with to be run where 127.0.0.1 is the daemon's own.</summary>
    IReadOnlyList<string> Enter { get; }
}
