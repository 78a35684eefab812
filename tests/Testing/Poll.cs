using System.Diagnostics;

namespace Argosy.Testing;

/// <summary>Waits for a condition of the outside world, by asking again; never by sleeping as long as it might take.</summary>
public static class Poll
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);

    /// <summary>Waits until the condition is true.</summary>
    /// <exception cref="TimeoutException">It was not, in time; <paramref name="what"/> says what was waited for.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? timeout = null)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > (timeout ?? Usual))
                throw new TimeoutException($"not within {(timeout ?? Usual).TotalSeconds:0} s: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(clock.ElapsedMilliseconds < 500 ? 5 : 50));
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task UntilAsync(Func<bool> condition, string what, TimeSpan? timeout = null) => UntilAsync(() => Task.FromResult(condition()), what, timeout);

    /// <summary>Waits until <paramref name="read"/> gives the expected value; the message shows the last one that it gave.</summary>
    public static async Task ForAsync<T>(T expected, Func<Task<T>> read, TimeSpan? timeout = null)
    {
        T last = default!;
        try
        {
            await UntilAsync(async () => EqualityComparer<T>.Default.Equals(last = await read(), expected), $"{expected}", timeout);
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}; it is {last}", exception);
        }
    }
}
