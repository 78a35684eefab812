using System.Diagnostics;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Tests;

public sealed class ProcessWatcherTests : IDisposable
{
    private readonly ProcessWatcher watcher = new();

    public void Dispose() => watcher.Dispose();

    [Fact]
    public async Task The_end_of_each_process_is_told_once_and_of_the_forgotten_ones_never()
    {
        Process[] processes = [.. Enumerable.Range(0, 20).Select(_ => Process.Start("sleep", "1000"))];
        var ends = processes.ToDictionary(process => process.Id, _ => 0);
        var watches = processes.Select(process => watcher.Watch(Identity(process), () => ends[process.Id]++)).ToArray();
        Assert.All(watches, Assert.NotNull);
        watches[0]!.Dispose();
        foreach (Process process in processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        for (int wait = 0; wait < 500 && ends.Values.Sum() < 19; wait++)
            await Task.Delay(10);
        Assert.Equal([0, .. Enumerable.Repeat(1, 19)], processes.Select(process => ends[process.Id]));
    }

    [Fact]
    public async Task A_process_that_has_ended_is_not_watched()
    {
        Process process = Process.Start("sleep", "1000");
        ProcessIdentity identity = Identity(process);
        process.Kill();
        await process.WaitForExitAsync();
        Assert.Null(watcher.Watch(identity, () => Assert.Fail("it had ended before")));
    }

    private static ProcessIdentity Identity(Process process) =>
        ProcessIdentity.TryRead(process.Id, out ProcessIdentity identity) ? identity : throw new InvalidOperationException("it has ended");
}
