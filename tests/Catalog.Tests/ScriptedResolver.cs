using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using Argosy.Catalog.Resolver;
using Argosy.Networks.Companions;

namespace Argosy.Catalog.Tests;

/// <summary>A resolver that serves nobody: it remembers what it was told, and misbehaves as a test wants it to.</summary>
internal sealed class ScriptedResolver : ICompanionProcess, IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly ControlSocket socket;
    private readonly Task serving;
    private readonly string version;

    internal ScriptedResolver(string path, string version)
    {
        this.version = version;
        socket = ControlSocket.Listen(path);
        serving = ServeAsync();
    }

    /// <summary>What it was told, without greetings.</summary>
    internal ConcurrentQueue<ResolverRequest> Told { get; } = new();

    /// <summary>What it says to a request; null: it closes the connection.</summary>
    internal Func<ResolverRequest, ResolverAnswer?> Answer { get; init; } = request => new ResolverAnswer { Id = request.Id };

    public bool HasEnded => serving.IsCompleted;

    public async Task EndAsync(TimeSpan patience)
    {
        await Task.WhenAny(serving, Task.Delay(patience));
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await serving;
        socket.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (Told.LastOrDefault() is not ResolverRequest.End)
            {
                using var messages = new MessageStream(await socket.AcceptAsync(ending.Token));
                while (await messages.ReceiveAsync(ending.Token) is { } message && Reply(message.Json) is { } answer)
                    messages.Send(JsonSerializer.SerializeToUtf8Bytes(answer, ResolverJson.Default.ResolverAnswer));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
        }
    }

    private ResolverAnswer? Reply(byte[] message)
    {
        ResolverRequest request = JsonSerializer.Deserialize(message, ResolverJson.Default.ResolverRequest)!;
        if (request is ResolverRequest.Hello)
            return new ResolverAnswer { Id = request.Id, Version = version };
        Told.Enqueue(request);
        return Answer(request);
    }
}
