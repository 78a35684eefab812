using Argosy.Networks.Companions;

namespace Argosy.Networks.Tests;

/// <summary>Runs companions inside the test: the real thing but for the process around it. It outlives the daemon's part, as a process does.</summary>
internal sealed class InProcessCompanion(Func<CancellationToken, Task> run) : ICompanionStarter
{
    private readonly List<Running> all = [];

    internal int Started => all.Count;

    internal int Alive => all.Count(running => !running.HasEnded);

    /// <summary>While this is so, none can be started.</summary>
    internal bool IsBroken { get; set; }

    public ICompanionProcess Start()
    {
        if (IsBroken)
            throw new IOException("the test wants none");
        var running = new Running(run);
        all.Add(running);
        return running;
    }

    public string ReadLog() => "";

    /// <summary>As kill -9: all sockets are gone, and nobody was told.</summary>
    internal Task KillAsync() => all[^1].EndAsync(TimeSpan.Zero);

    internal async Task EndAllAsync()
    {
        foreach (Running running in all)
            await running.EndAsync(TimeSpan.Zero);
    }

    private sealed class Running : ICompanionProcess
    {
        private readonly CancellationTokenSource ending = new();
        private readonly Task task;

        internal Running(Func<CancellationToken, Task> run) => task = Task.Run(() => run(ending.Token));

        public bool HasEnded => task.IsCompleted;

        public async Task EndAsync(TimeSpan patience)
        {
            await Task.WhenAny(task, Task.Delay(patience));
            await ending.CancelAsync();
            await task;
        }
    }
}
