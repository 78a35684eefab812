using Shop.Common.Contract;
using StackExchange.Redis;

namespace Shop.Carts;

/// <summary>Carts in Redis. Every method throws <see cref="CacheAwayException"/> when Redis does not answer.</summary>
/// <remarks>
/// cart:{id} is a hash of product id to quantity; the sorted set "carts" has every cart with the second of its last use,
/// from which the janitor knows which are forgotten. Both change in one transaction.
/// </remarks>
public sealed class CartStore(IDatabase redis, TimeProvider time)
{
    /// <summary>The most pieces of one product in a cart.</summary>
    public const int MostPieces = 20;

    private const string Index = "carts";

    /// <summary>What is in the cart, by product id.</summary>
    public async Task<IReadOnlyList<OrderItem>> GetAsync(string cartId)
    {
        var entries = await Redis.CallAsync(() => redis.HashGetAllAsync(Key(cartId)));
        return [.. entries.Select(entry => new OrderItem((int)entry.Name, (int)entry.Value)).OrderBy(item => item.ProductId)];
    }

    /// <summary>Puts more pieces in.</summary>
    public async Task AddAsync(string cartId, int productId, int quantity)
    {
        int before = (int)await Redis.CallAsync(() => redis.HashGetAsync(Key(cartId), productId));
        await SetAsync(cartId, productId, before + quantity);
    }

    /// <summary>Sets how many pieces are in it; 0 takes the product out.</summary>
    public Task SetAsync(string cartId, int productId, int quantity)
    {
        var transaction = redis.CreateTransaction();
        _ = quantity > 0
            ? transaction.HashSetAsync(Key(cartId), productId, Math.Min(quantity, MostPieces))
            : transaction.HashDeleteAsync(Key(cartId), productId);
        _ = transaction.SortedSetAddAsync(Index, cartId, Now());
        return Redis.CallAsync(() => transaction.ExecuteAsync());
    }

    /// <summary>Empties it.</summary>
    public Task ClearAsync(string cartId)
    {
        var transaction = redis.CreateTransaction();
        _ = transaction.KeyDeleteAsync(Key(cartId));
        _ = transaction.SortedSetRemoveAsync(Index, cartId);
        return Redis.CallAsync(() => transaction.ExecuteAsync());
    }

    /// <summary>Throws away the carts that nobody has used for a while.</summary>
    /// <returns>Their ids.</returns>
    public Task<IReadOnlyList<string>> ExpireAsync(TimeSpan idle) =>
        Redis.CallAsync(() => LastUse.ExpireAsync(redis, Index, Now() - (long)idle.TotalSeconds, Key));

    private static RedisKey Key(string cartId) => $"cart:{cartId}";

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
