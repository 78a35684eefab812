using StackExchange.Redis;

namespace Shop.Carts;

/// <summary>What carts and sessions have in common: an index by last use, from which the forgotten ones are found.</summary>
internal static class LastUse
{
    private const int Batch = 500;

    // Thrown away only if it is still as old as it was when it was found.
    private const string ExpireScript =
        """
        local touched = redis.call('ZSCORE', KEYS[1], ARGV[1])
        if touched and tonumber(touched) <= tonumber(ARGV[2]) then
          redis.call('ZREM', KEYS[1], ARGV[1])
          redis.call('DEL', KEYS[2])
          return 1
        end
        return 0
        """;

    /// <summary>Deletes what was last used at <paramref name="cutoff"/> (Unix seconds) or before; returns its ids.</summary>
    internal static async Task<IReadOnlyList<string>> ExpireAsync(IDatabase redis, string index, long cutoff, Func<string, RedisKey> key)
    {
        var expired = new List<string>();
        foreach (string? id in await redis.SortedSetRangeByScoreAsync(index, stop: cutoff, take: Batch))
        {
            if ((bool)await redis.ScriptEvaluateAsync(ExpireScript, [index, key(id!)], [id, cutoff]))
                expired.Add(id!);
        }
        return expired;
    }
}
