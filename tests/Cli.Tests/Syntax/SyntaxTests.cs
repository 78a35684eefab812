using Argosy.Cli.Streams;
using Argosy.Cli.Syntax;

namespace Argosy.Cli.Tests.Syntax;

public class SyntaxTests
{
    [Theory]
    [InlineData("512", 512)]
    [InlineData("1k", 1024)]
    [InlineData("1.5g", 1_610_612_736)]
    [InlineData("2GiB", 2_147_483_648)]
    [InlineData("64MB", 67_108_864)]
    [InlineData("10b", 10)]
    public void Sizes_are_powers_of_1024(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("1x")]
    [InlineData("1mm")]
    [InlineData("-5m")]
    public void What_is_no_size_is_refused(string text) => Assert.Throws<FormatException>(() => ByteSize.Parse(text));

    [Theory]
    [InlineData("1h2m3s", 3_723_000_000_000)]
    [InlineData("1.5s", 1_500_000_000)]
    [InlineData("100us", 100_000)]
    [InlineData("0", 0)]
    public void Durations_are_gos(string text, long nanoseconds) => Assert.Equal(nanoseconds, GoDuration.Parse(text));

    [Fact]
    public void Environment_files_have_comments_empty_values_and_names_alone()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "\uFEFF# comment\nA=1\n\n  B=with space \nC=\nHOME\nMISSING\nD=a=b#c\n");
        try
        {
            Assert.Equal(["A=1", "B=with space ", "C=", "HOME=/root", "D=a=b#c"], KeyValueFiles.Read(path, name => name == "HOME" ? "/root" : null));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("=x")]
    [InlineData("A B=x")]
    public void A_malformed_line_of_an_environment_file_is_refused(string line)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, line);
        try
        {
            Assert.Throws<FormatException>(() => KeyValueFiles.Read(path, _ => null));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Detach_keys_are_held_back_until_they_are_complete()
    {
        var keys = DetachKeys.Parse("ctrl-p,ctrl-q");
        var sent = new List<byte>();

        Assert.False(keys.Feed([(byte)'a', 16], sent));
        Assert.Equal([(byte)'a'], sent);
        Assert.False(keys.Feed([(byte)'b', 16], sent));
        Assert.Equal([(byte)'a', 16, (byte)'b'], sent);
        Assert.True(keys.Feed([17], sent));
        Assert.Equal(3, sent.Count);
    }

    [Theory]
    [InlineData("ctrl-%")]
    [InlineData("abc")]
    public void Unknown_detach_keys_are_refused(string text) => Assert.Throws<FormatException>(() => DetachKeys.Parse(text));

    [Theory]
    [InlineData("8081", "8081/tcp", "")]
    [InlineData("53/udp", "53/udp", "")]
    [InlineData("127.0.0.1:8081", "8081/tcp", "127.0.0.1")]
    [InlineData("[::1]:8081/tcp", "8081/tcp", "::1")]
    public void A_port_to_take_back_is_the_hosts(string text, string port, string ip) => Assert.Equal((port, ip), PortSyntax.ParseUnpublish(text));

    [Theory]
    [InlineData("x")]
    [InlineData("0")]
    [InlineData("host:80")]
    [InlineData("80/icmp")]
    public void A_port_to_take_back_is_checked(string text) => Assert.Throws<FormatException>(() => PortSyntax.ParseUnpublish(text));
}
