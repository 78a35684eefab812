namespace Argosy.Compose.Tests;

public class DotEnvTests
{
    private static IReadOnlyDictionary<string, string> Parse(string text) =>
        new DotEnv(".env", text, name => name == "HOME" ? "/root" : null).Parse();

    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("export A=1", "1")]
    [InlineData("  A = 1  ", "1")]
    [InlineData("A: 1", "1")]
    [InlineData("A=", "")]
    [InlineData("A=x # comment", "x")]
    [InlineData("A=x#y", "x#y")]
    [InlineData("A='$HOME # x'", "$HOME # x")]
    [InlineData("A=\"$HOME # x\" # c", "/root # x")]
    [InlineData("A=\"a\\nb\\\"\\$c\"", "a\nb\"$c")]
    [InlineData("A=\"a\nb\"", "a\nb")]
    [InlineData("B=2\nA=${B}${C:-3}", "23")]
    [InlineData("# c\n\nA=1\r\n", "1")]
    [InlineData("A=postgres://u:p@h/db?x=1", "postgres://u:p@h/db?x=1")]
    public void Values_are_read(string text, string expected) => Assert.Equal(expected, Parse(text)["A"]);

    [Fact]
    public void A_name_alone_is_inherited_or_left_out()
    {
        IReadOnlyDictionary<string, string> values = Parse("HOME\nNONE\n");
        Assert.Equal("/root", values["HOME"]);
        Assert.False(values.ContainsKey("NONE"));
    }

    [Fact]
    public void An_open_quote_names_its_line() =>
        Assert.Equal(".env:2: unterminated quoted value", Assert.Throws<ComposeException>(() => Parse("B=1\nA=\"x\n")).Message);
}
