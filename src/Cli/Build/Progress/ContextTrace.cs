using Argosy.Contract.Build;

namespace Argosy.Cli.Build.Progress;

/// <summary>The step of a build that the client does: it sends the context.</summary>
internal sealed class ContextTrace(IBuildDisplay display, TimeProvider clock)
{
    /// <summary>What no step of an engine is called.</summary>
    public const string Digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly TimeSpan Rate = TimeSpan.FromMilliseconds(100);
    private readonly DateTimeOffset started = clock.GetUtcNow();
    private DateTimeOffset told = clock.GetUtcNow();

    public void Begin() => display.Show(new BuildStatus { Vertexes = [Vertex(null)] });

    /// <summary>Tells how much has been sent, not too often.</summary>
    public void Sent(long bytes)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - told < Rate)
            return;
        told = now;
        display.Show(new BuildStatus { Statuses = [Part(bytes, null)] });
    }

    public void End(long bytes)
    {
        DateTimeOffset now = clock.GetUtcNow();
        display.Show(new BuildStatus { Vertexes = [Vertex(now)], Statuses = [Part(bytes, now)] });
    }

    private BuildStep Vertex(DateTimeOffset? completed) => new() { Digest = Digest, Name = "[internal] load build context", Started = started, Completed = completed };

    private BuildStepPart Part(long bytes, DateTimeOffset? completed) => new()
    {
        Vertex = Digest,
        Id = "transferring context:",
        Current = bytes,
        Timestamp = clock.GetUtcNow(),
        Started = started,
        Completed = completed,
    };
}
