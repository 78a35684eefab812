using System.Text;

namespace Argosy.Client.Tests;

public class StdcopyReaderTests
{
    private static byte[] Frame(byte stream, string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        return [stream, 0, 0, 0, (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length, .. content];
    }

    private static async Task<(string Output, string Error)> CopyAsync(Stream source)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await StdcopyReader.CopyAsync(source, output, error, CancellationToken.None);
        return (Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public async Task Frames_go_to_output_and_error()
    {
        byte[] bytes = [.. Frame(1, "one\n"), .. Frame(2, "bad\n"), .. Frame(1, "two\n")];

        Assert.Equal(("one\ntwo\n", "bad\n"), await CopyAsync(new MemoryStream(bytes)));
    }

    [Fact]
    public async Task Many_frames_read_in_odd_pieces_keep_their_order_on_each_stream()
    {
        var random = new Random(1);
        (string output, string error) = ("", "");
        List<byte> bytes = [];
        for (int i = 0; i < 5000; i++)
        {
            string text = new('a', random.Next(40));
            text = $"{i}{text}";
            bytes.AddRange(Frame((byte)(i % 3 == 0 ? 2 : 1), text));
            bytes.AddRange(Frame(1, ""));
            _ = i % 3 == 0 ? error += text : output += text;
        }
        Assert.Equal((output, error), await CopyAsync(new MemoryStream([.. bytes])));
        Assert.Equal((output, error), await CopyAsync(new SlowStream([.. bytes], 13)));
    }

    [Fact]
    public async Task Frames_longer_than_the_buffer_and_read_byte_by_byte_arrive_whole()
    {
        string text = string.Concat(Enumerable.Repeat("0123456789", 10_000));

        Assert.Equal((text, ""), await CopyAsync(new SlowStream(Frame(1, text), 7)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    public async Task A_stream_that_ends_within_a_frame_is_an_error(int length) =>
        await Assert.ThrowsAsync<IOException>(() => CopyAsync(new MemoryStream(Frame(1, "hello")[..length])));

    [Fact]
    public async Task An_error_of_the_engine_in_the_stream_is_thrown_with_its_text()
    {
        IOException error = await Assert.ThrowsAsync<IOException>(() => CopyAsync(new MemoryStream(Frame(3, "log is gone"))));

        Assert.Contains("log is gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_without_frames_is_refused() =>
        await Assert.ThrowsAsync<IOException>(() => CopyAsync(new MemoryStream("plain text of a terminal"u8.ToArray())));
}
