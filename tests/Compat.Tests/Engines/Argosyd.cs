using Argosy.Testing;

namespace Argosy.CompatTests.Engines;

/// <summary>Our own daemon.</summary>
internal sealed class Argosyd(PrivateDaemon daemon) : IEngine
{
    public EngineKind Kind => EngineKind.Argosyd;

    public string Host => daemon.Host;

    public Uri Endpoint => new(daemon.Host);

    public IReadOnlyList<string> Enter => [];

    /// <summary>The daemon itself, for what only its own tests ask.</summary>
    internal PrivateDaemon Daemon => daemon;

    internal static async Task<IEngine> StartAsync() => await StartAsync(new PrivateDaemonOptions());

    internal static async Task<Argosyd> StartAsync(PrivateDaemonOptions options) => new(await PrivateDaemon.StartAsync(options));

    public ValueTask DisposeAsync() => daemon.DisposeAsync();
}
