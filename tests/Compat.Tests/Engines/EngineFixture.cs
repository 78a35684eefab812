using System.Collections.Concurrent;

namespace Argosy.CompatTests.Engines;

/// <summary>The engines of one test class, each started by the first case that asks for it and stopped after the last.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private readonly Dictionary<EngineKind, Lazy<Task<IEngine>>> engines = new()
    {
        [EngineKind.Argosyd] = new Lazy<Task<IEngine>>(Argosyd.StartAsync),
        [EngineKind.Dockerd] = new Lazy<Task<IEngine>>(async () => await DockerDaemon.StartAsync()),
    };

    /// <summary>What engines left on the host when they were stopped. xunit does not fail a run for a fixture; <see cref="LastTests"/> does.</summary>
    internal static ConcurrentQueue<string> Failures { get; } = new();

    internal Task<IEngine> GetAsync(EngineKind kind) => engines[kind].Value;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (Lazy<Task<IEngine>> engine in engines.Values.Where(engine => engine.IsValueCreated && engine.Value.IsCompletedSuccessfully))
        {
            try
            {
                await (await engine.Value).DisposeAsync();
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException or TimeoutException)
            {
                Failures.Enqueue(exception.Message);
            }
        }
    }
}
