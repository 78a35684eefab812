using Argosy.Catalog.Resolver;
using Microsoft.Extensions.Logging.Abstractions;

namespace Argosy.Catalog.Tests;

/// <summary>Runs resolvers inside the test: the real thing but for the process around it. It outlives the daemon's part, as a process does.</summary>
internal sealed class InProcessResolver(string path, string version) : IResolverStarter
{
    private readonly List<Running> all = [];

    internal int Started => all.Count;

    internal int Alive => all.Count(running => !running.HasEnded);

    public IResolverProcess Start()
    {
        var running = new Running(path, version);
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

    private sealed class Running : IResolverProcess
    {
        private readonly CancellationTokenSource ending = new();
        private readonly Task task;

        internal Running(string path, string version) =>
            task = Task.Run(() => ResolverProgram.RunAsync(path, version, NullLogger.Instance, ending.Token));

        public bool HasEnded => task.IsCompleted;

        public async Task EndAsync(TimeSpan patience)
        {
            await Task.WhenAny(task, Task.Delay(patience));
            await ending.CancelAsync();
            await task;
        }
    }
}
