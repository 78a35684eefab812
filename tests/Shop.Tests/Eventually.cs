namespace Argosy.Shop.Tests;

/// <summary>Waits for a condition.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Looks again and again until the look shows something; fails with the last reason when time is up.</summary>
    public static async Task<T> GetAsync<T>(string what, TimeSpan limit, Func<Task<T?>> look) where T : class
    {
        using var timeout = new CancellationTokenSource(limit);
        string reason = "not yet";
        while (!timeout.IsCancellationRequested)
        {
            try
            {
                if (await look() is { } found)
                    return found;
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                reason = error.Message;
            }
            await Task.Delay(Pause);
        }
        throw new TimeoutException($"{what}: not within {limit}: {reason}");
    }

    /// <summary>Waits until the condition holds.</summary>
    public static Task TrueAsync(string what, TimeSpan limit, Func<Task<bool>> holds) =>
        GetAsync(what, limit, async () => await holds() ? "" : null);
}
