using System.Text;
using Argosy.Cli.Compose;

namespace Argosy.Cli.Tests.Compose;

public class LinePrefixStreamTests
{
    [Fact]
    public async Task Pieces_become_whole_lines_behind_their_prefix()
    {
        using var output = new StringWriter();
        using var gate = new SemaphoreSlim(1, 1);
        await using var stream = new LinePrefixStream(output, gate, "web-1  | ");
        foreach (string piece in (string[])["one\ntw", "o\r\n", "\nthree"])
            await stream.WriteAsync(Encoding.UTF8.GetBytes(piece));
        Assert.Equal("web-1  | one\nweb-1  | two\nweb-1  | \n", output.ToString());
        await stream.FlushAsync();
        Assert.EndsWith("web-1  | three\n", output.ToString(), StringComparison.Ordinal);
    }
}
