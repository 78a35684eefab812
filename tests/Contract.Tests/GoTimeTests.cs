using Argosy.Contract.Json;

namespace Argosy.Contract.Tests;

public class GoTimeTests
{
    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("2024-05-01T10:20:30Z")]
    [InlineData("2024-05-01T10:20:30.1Z")]
    [InlineData("2024-05-01T10:20:30.1234567Z")]
    [InlineData("2024-05-01T10:20:30.5+02:00")]
    public void A_time_is_written_as_it_was_read(string text)
    {
        Assert.True(GoTime.TryParse(text, out DateTimeOffset time));
        Assert.Equal(text, GoTime.Format(time));
    }

    [Fact]
    public void Nanoseconds_are_cut_to_ticks()
    {
        Assert.True(GoTime.TryParse("2024-05-01T10:20:30.123456789Z", out DateTimeOffset time));
        Assert.Equal("2024-05-01T10:20:30.1234567Z", GoTime.Format(time));
    }

    [Fact]
    public void What_is_no_time_is_refused() => Assert.False(GoTime.TryParse("yesterday", out _));
}
