using Argosy.Cli.CommandLine;
using Argosy.Cli.Registry;
using Argosy.Client;

namespace Argosy.Cli.Session;

/// <summary>One run of the program: its streams, its terminal, the engine it talks to.</summary>
internal sealed class CliSession : IAsyncDisposable
{
    private readonly Lazy<EngineClient> client;
    private readonly CancellationTokenSource cancellation = new();

    public CliSession(GlobalOptions global, StandardStreams? streams = null, TimeProvider? clock = null)
    {
        Global = global;
        Streams = streams ?? StandardStreams.Open();
        Clock = clock ?? TimeProvider.System;
        client = new Lazy<EngineClient>(() => EngineSelection.Connect(global));
    }

    public GlobalOptions Global { get; }

    public StandardStreams Streams { get; }

    public TextWriter Out => Streams.Out;

    public TextWriter Error => Streams.Error;

    public TimeProvider Clock { get; }

    public EngineClient Client => client.Value;

    /// <summary>The flag's keys, else those of <c>config.json</c>; null for the default.</summary>
    public string? DetachKeysOr(string? flag) => flag ?? ConfigFile.Load(EngineSelection.ConfigDirectory(Global)).DetachKeys;

    /// <summary>Cancelled when the user asks the program to end and nothing else handles that.</summary>
    public CancellationToken Cancellation => cancellation.Token;

    public async ValueTask DisposeAsync()
    {
        await Streams.FlushAsync();
        if (client.IsValueCreated)
            client.Value.Dispose();
        cancellation.Dispose();
    }
}
