using StackExchange.Redis;

namespace Shop.Carts;

/// <summary>
/// Sessions in Redis: which orders a visitor has placed. Every method throws <see cref="CacheAwayException"/> when Redis does not answer.
/// </summary>
/// <remarks>session:{id}:orders is a list of order numbers, newest first; "sessions" is the sorted set of last uses.</remarks>
public sealed class SessionStore(IDatabase redis, TimeProvider time)
{
    private const string Index = "sessions";
    private const int MostOrders = 50;

    /// <summary>Remembers that the visitor was here.</summary>
    public Task TouchAsync(string sessionId) => Redis.CallAsync(() => redis.SortedSetAddAsync(Index, sessionId, Now()));

    /// <summary>Remembers that the visitor placed an order.</summary>
    public Task AddOrderAsync(string sessionId, string orderNumber)
    {
        var transaction = redis.CreateTransaction();
        _ = transaction.ListRemoveAsync(Key(sessionId), orderNumber);
        _ = transaction.ListLeftPushAsync(Key(sessionId), orderNumber);
        _ = transaction.ListTrimAsync(Key(sessionId), 0, MostOrders - 1);
        _ = transaction.SortedSetAddAsync(Index, sessionId, Now());
        return Redis.CallAsync(() => transaction.ExecuteAsync());
    }

    /// <summary>The visitor's orders, newest first.</summary>
    public async Task<IReadOnlyList<string>> OrdersAsync(string sessionId) =>
        [.. (await Redis.CallAsync(() => redis.ListRangeAsync(Key(sessionId)))).Select(number => number.ToString())];

    /// <summary>Forgets the sessions that nobody has used for a while.</summary>
    /// <returns>Their ids.</returns>
    public Task<IReadOnlyList<string>> ExpireAsync(TimeSpan idle) =>
        Redis.CallAsync(() => LastUse.ExpireAsync(redis, Index, Now() - (long)idle.TotalSeconds, Key));

    private static RedisKey Key(string sessionId) => $"session:{sessionId}:orders";

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
