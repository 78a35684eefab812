using System.Diagnostics;

namespace Argosy.Bench;

/// <summary>Clocks around work.</summary>
internal static class Measure
{
    /// <summary>How long it takes to do the work for each of 1 to <paramref name="count"/>, so many at a time.</summary>
    internal static async Task<double> SecondsAsync(int count, int parallel, Func<int, Task> work)
    {
        long begin = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel };
        await Parallel.ForEachAsync(Enumerable.Range(1, count), options, async (number, _) => await work(number));
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>How often a second the work is done, by so many at a time.</summary>
    internal static async Task<double> RateAsync(TimeSpan period, int parallel, Func<Task> work)
    {
        await work();
        long begin = Stopwatch.GetTimestamp();
        int[] done = new int[parallel];
        await Task.WhenAll(Enumerable.Range(0, parallel).Select(worker => Task.Run(async () =>
        {
            for (; Stopwatch.GetElapsedTime(begin) < period; done[worker]++)
                await work();
        })));
        return done.Sum() / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    /// <summary>The median of so many times, one after the other, in milliseconds.</summary>
    /// <param name="count">How often.</param>
    /// <param name="work">What is measured.</param>
    /// <param name="undo">Done after each, not measured.</param>
    internal static async Task<double> MedianAsync(int count, Func<Task> work, Func<Task>? undo = null)
    {
        var times = new List<double>();
        for (int round = 0; round < count; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            await work();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            if (undo is not null)
                await undo();
        }
        times.Sort();
        return times[times.Count / 2];
    }

    /// <summary>How long it takes until it is so, in seconds.</summary>
    internal static async Task<double> UntilAsync(Func<Task<bool>> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!await condition())
            await Task.Delay(1);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }
}
