using Argosy.Cli.Output;
using Argosy.Contract.Build;
using Argosy.Linux.Terminal;

namespace Argosy.Cli.Build.Progress;

/// <summary>The live view of a build: drawn ten times a second, since running steps show how long they have been at it.</summary>
internal sealed class TerminalDisplay : IBuildDisplay
{
    private static readonly TimeSpan Rate = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter output;
    private readonly LiveBlock block;
    private readonly BuildGraph graph;
    private readonly PeriodicTimer timer;
    private readonly Task drawing;
    private readonly Lock gate = new();

    public TerminalDisplay(TextWriter output, Func<TerminalSize> size, TimeProvider clock)
    {
        this.output = output;
        block = new LiveBlock(output, size);
        graph = new BuildGraph(clock);
        timer = new PeriodicTimer(Rate, clock);
        drawing = DrawAsync();
    }

    public void Show(BuildStatus status)
    {
        lock (gate)
            graph.Update(status);
    }

    public async ValueTask DisposeAsync()
    {
        timer.Dispose();
        await drawing;
        lock (gate)
        {
            if (!graph.IsKnown)
                return;
            block.Finish(graph.Lines(block.Width, isEnd: true));
            foreach (string line in graph.FailureLines())
                output.WriteLine(line);
            foreach (string warning in graph.WarningLines())
                output.WriteLine(warning);
        }
    }

    private async Task DrawAsync()
    {
        while (await timer.WaitForNextTickAsync())
        {
            lock (gate)
            {
                if (graph.IsKnown)
                    block.Draw(graph.Lines(block.Width, isEnd: false));
            }
        }
    }
}
