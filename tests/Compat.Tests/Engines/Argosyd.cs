using Argosy.Testing;

namespace Argosy.CompatTests.Engines;

/// <summary>Our own daemon.</summary>
internal sealed class Argosyd(PrivateDaemon daemon) : IEngine
{
    public EngineKind Kind => EngineKind.Argosyd;

    public string Host => daemon.Host;

    public Uri Endpoint => new(daemon.Host);

    public IReadOnlyList<string> Enter => [];

    internal static async Task<IEngine> StartAsync() => new Argosyd(await PrivateDaemon.StartAsync());

    public ValueTask DisposeAsync() => daemon.DisposeAsync();
}
