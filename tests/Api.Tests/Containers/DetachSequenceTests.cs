using System.Text;
using Argosy.Api.Routes.Containers;
using Argosy.Core;

namespace Argosy.Api.Tests.Containers;

public sealed class DetachSequenceTests
{
    [Theory]
    [InlineData(null, new byte[] { 16, 17 })]
    [InlineData("", new byte[] { 16, 17 })]
    [InlineData("ctrl-a,x", new byte[] { 1, (byte)'x' })]
    [InlineData("ctrl-@,ctrl-[,ctrl-\\,ctrl-],ctrl-^,ctrl-_,DEL", new byte[] { 0, 27, 28, 29, 30, 31, 127 })]
    public void Keys_have_names(string? text, byte[] keys) => Assert.Equal(keys, DetachSequence.Parse(text, "no").Keys.ToArray());

    [Theory]
    [InlineData("zzz")]
    [InlineData("ctrl-A")]
    [InlineData("a,,b")]
    [InlineData("ctrl-")]
    public void What_names_no_key_is_refused(string text) => Assert.Equal("no", Assert.Throws<EngineException>(() => DetachSequence.Parse(text, "no")).Message);

    [Theory]
    [InlineData(new[] { "ab", "x" }, "", true)]
    [InlineData(new[] { "hello ax" }, "hello ", true)]
    [InlineData(new[] { "a", "", "x" }, "", true)]
    [InlineData(new[] { "a", "bc" }, "abc", false)]
    [InlineData(new[] { "aax" }, "aax", false)] // dockerd's: no beginning inside a beginning
    [InlineData(new[] { "bxa" }, "bx", false)] // the last key may begin the sequence
    public void A_sequence_is_found_across_pieces_and_all_else_is_the_process(string[] pieces, string process, bool leaves)
    {
        var keys = DetachSequence.Parse(pieces[0] == "ab" ? "a,b,x" : "a,x", "no");
        List<byte> got = [];
        bool left = pieces.Any(piece => keys.Feed(Encoding.ASCII.GetBytes(piece), got));
        Assert.Equal((process, leaves), (Encoding.ASCII.GetString([.. got]), left));
    }
}
