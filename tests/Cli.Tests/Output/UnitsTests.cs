using Argosy.Cli.Output;

namespace Argosy.Cli.Tests.Output;

public class UnitsTests
{
    [Theory]
    [InlineData(0, "0B")]
    [InlineData(999, "999B")]
    [InlineData(4_261_550, "4.26MB")]
    [InlineData(1_000_000, "1MB")]
    [InlineData(77_800_000, "77.8MB")]
    [InlineData(187_654_321, "188MB")]
    public void Sizes_have_three_digits(long bytes, string text) => Assert.Equal(text, Units.HumanSize(bytes, 3));

    [Fact]
    public void Totals_have_four_digits() => Assert.Equal("4.262MB", Units.HumanSize(4_261_550));

    [Theory]
    [InlineData(324 * 1024, "324KiB")]
    [InlineData(25_276_030_000, "23.54GiB")]
    public void Memory_is_counted_in_powers_of_1024(long bytes, string text) => Assert.Equal(text, Units.BytesSize(bytes));

    [Theory]
    [InlineData(0.4, "Less than a second")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(90, "About a minute")]
    [InlineData(600, "10 minutes")]
    [InlineData(3600, "About an hour")]
    [InlineData(3 * 3600, "3 hours")]
    [InlineData(3 * 86400, "3 days")]
    [InlineData(20 * 86400, "2 weeks")]
    [InlineData(90 * 86400, "3 months")]
    [InlineData(800 * 86400, "2 years")]
    public void Durations_are_rough(double seconds, string text) => Assert.Equal(text, Units.HumanDuration(TimeSpan.FromSeconds(seconds)));
}
