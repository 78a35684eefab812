using Argosy.Testing;

[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Argosy.SystemTests;

/// <summary>One daemon for the tests of a class. At its end everything is removed and nothing may be left.</summary>
public sealed class DaemonFixture : IAsyncLifetime
{
    public PrivateDaemon Daemon { get; private set; } = null!;

    public EngineApi Api => Daemon.Api;

    public async Task InitializeAsync() => Daemon = await PrivateDaemon.StartAsync();

    public async Task DisposeAsync() => await Daemon.DisposeAsync();
}
