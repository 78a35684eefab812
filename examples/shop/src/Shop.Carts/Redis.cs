using StackExchange.Redis;

namespace Shop.Carts;

/// <summary>Calls Redis; its several ways of not answering become one.</summary>
internal static class Redis
{
    /// <exception cref="CacheAwayException">There is no connection, or no answer in time.</exception>
    internal static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is RedisConnectionException or RedisTimeoutException)
        {
            throw new CacheAwayException(error);
        }
    }
}
