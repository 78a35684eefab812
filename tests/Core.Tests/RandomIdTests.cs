namespace Argosy.Core.Tests;

public sealed class RandomIdTests
{
    [Fact]
    public void An_id_is_64_hexadecimal_digits_and_never_the_same()
    {
        string[] ids = [.. Enumerable.Range(0, 1000).Select(_ => RandomId.Next())];
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{64}$", id));
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Every_bit_is_as_often_one_as_zero()
    {
        const int draws = 4000;
        int[] ones = new int[256];
        for (int draw = 0; draw < draws; draw++)
        {
            byte[] bytes = RandomId.Bytes(32);
            for (int bit = 0; bit < ones.Length; bit++)
                ones[bit] += (bytes[bit / 8] >> (bit % 8)) & 1;
        }
        // Seven standard deviations: a fixed bit (a version, a variant) is at 0 or 4000.
        Assert.All(ones, count => Assert.InRange(count, (draws / 2) - 222, (draws / 2) + 222));
    }
}
