using Argosy.Contract.Stacks;

namespace Argosy.Compose.Tests;

public class ValueTests
{
    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("  sh -c 'echo \"x y\"'  ", "sh|-c|echo \"x y\"")]
    [InlineData("a\\ b \"c\\\"d\\e\"", "a b|c\"d\\e")]
    [InlineData("''", "")]
    [InlineData("a'b'c", "abc")]
    public void Command_lines_are_split_like_a_shell_does(string text, string words) => Assert.Equal(words.Split('|'), ShellWords.Split(text));

    [Fact]
    public void An_empty_command_line_has_no_words() => Assert.Empty(ShellWords.Split(" "));

    [Fact]
    public void An_open_quote_is_refused() => Assert.Throws<FormatException>(() => ShellWords.Split("a 'b"));

    [Theory]
    [InlineData("512", 512)]
    [InlineData("64m", 64L << 20)]
    [InlineData("1.5GB", 1536L << 20)]
    [InlineData("10 KiB", 10 << 10)]
    [InlineData("0b", 0)]
    public void Sizes_are_read(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out long value));
        Assert.Equal(bytes, value);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("1x")]
    [InlineData("-1m")]
    [InlineData("")]
    public void What_is_no_size_is_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1m30.5s", 90_500)]
    [InlineData("500ms", 500)]
    [InlineData("2d", 172_800_000)]
    [InlineData("0", 0)]
    public void Durations_are_read(string text, long milliseconds)
    {
        Assert.True(GoDuration.TryParse(text, out TimeSpan value));
        Assert.Equal(milliseconds, value.TotalMilliseconds);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("1x")]
    [InlineData("1s2")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(GoDuration.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(90_000, "1m30s")]
    [InlineData(3_600_000, "1h0m0s")]
    [InlineData(1_500, "1.5s")]
    [InlineData(250, "250ms")]
    public void Durations_are_written_as_Go_does(long milliseconds, string text) => Assert.Equal(text, GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)));
}
