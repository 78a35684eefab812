using Argosy.Build.Expansion;

namespace Argosy.Build.Tests.Expansion;

public sealed class WordExpanderTests
{
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["x"] = "value",
        ["empty"] = "",
        ["path"] = "/usr/local/bin",
        ["words"] = "a b  c",
        ["v1"] = "one",
        ["file"] = "archive.tar.gz",
    };

    private static string? LookUp(string name) => Variables.GetValueOrDefault(name);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$x", "value")]
    [InlineData("${x}", "value")]
    [InlineData("a${x}b", "avalueb")]
    [InlineData("$xy", "")]
    [InlineData("$x-y", "value-y")]
    [InlineData("$v1/2", "one/2")]
    [InlineData("$unset", "")]
    [InlineData("$", "$")]
    [InlineData("a$", "a$")]
    [InlineData("$/x", "$/x")]
    [InlineData("\\$x", "$x")]
    [InlineData("\\${x}", "${x}")]
    [InlineData("'$x'", "$x")]
    [InlineData("\"$x\"", "value")]
    [InlineData("\"a\\\"b\"", "a\"b")]
    [InlineData("\"a\\b\"", "a\\b")]
    [InlineData("\"\\$x\"", "$x")]
    [InlineData("'a\\b'", "a\\b")]
    [InlineData("a\\ b", "a b")]
    [InlineData("it\\'s", "it's")]
    [InlineData("end\\", "end")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("${x:-d}", "value")]
    [InlineData("${unset:-d}", "d")]
    [InlineData("${empty:-d}", "d")]
    [InlineData("${empty-d}", "")]
    [InlineData("${unset-d}", "d")]
    [InlineData("${unset:-$x}", "value")]
    [InlineData("${unset:-${other:-deep}}", "deep")]
    [InlineData("${unset:-'}'}", "}")]
    [InlineData("${x:+d}", "d")]
    [InlineData("${empty:+d}", "")]
    [InlineData("${empty+d}", "d")]
    [InlineData("${unset+d}", "")]
    [InlineData("${x:?no}", "value")]
    [InlineData("${empty?no}", "")]
    [InlineData("${path#*/}", "usr/local/bin")]
    [InlineData("${path##*/}", "bin")]
    [InlineData("${path%/*}", "/usr/local")]
    [InlineData("${path%%/*}", "")]
    [InlineData("${file%.*}", "archive.tar")]
    [InlineData("${file%%.*}", "archive")]
    [InlineData("${file%.zip}", "archive.tar.gz")]
    [InlineData("${path/l/L}", "/usr/Local/bin")]
    [InlineData("${path//l/L}", "/usr/LocaL/bin")]
    [InlineData("${path//\\//-}", "-usr-local-bin")]
    [InlineData("$1x", "x")]
    [InlineData("日本$x", "日本value")]
    public void A_word_is_expanded_as_a_shell_would(string word, string expected) =>
        Assert.Equal(expected, WordExpander.Expand(word, LookUp));

    [Theory]
    [InlineData("${", "syntax error: missing '}'")]
    [InlineData("${x", "syntax error: missing '}'")]
    [InlineData("${}", "syntax error: bad substitution")]
    [InlineData("${:}", "syntax error: bad substitution")]
    [InlineData("${x:*y}", "unsupported modifier (:*) in substitution")]
    [InlineData("${x^^}", "unsupported modifier (^) in substitution")]
    [InlineData("${unset:?}", "unset: is not allowed to be unset")]
    [InlineData("${empty:?}", "empty: is not allowed to be empty")]
    [InlineData("${unset?say why}", "unset: say why")]
    [InlineData("'open", "unexpected end of statement while looking for matching single-quote")]
    [InlineData("\"open", "unexpected end of statement while looking for matching double-quote")]
    public void What_cannot_be_expanded_says_why(string word, string expected) =>
        Assert.Equal($"failed to process \"{word}\": {expected}", Assert.Throws<ExpansionException>(() => WordExpander.Expand(word, LookUp)).Message);

    [Theory]
    [InlineData("80 443", "80|443")]
    [InlineData("$words", "a|b|c")]
    [InlineData("\"$words\"", "a b  c")]
    [InlineData("a\\ b c", "a b|c")]
    [InlineData("$unset", "")]
    [InlineData("'a b'c d", "a bc|d")]
    public void Splitting_follows_expansion_and_respects_quotes(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', WordExpander.ExpandToWords(text, LookUp)));

    [Fact]
    public void Another_escape_character_leaves_the_backslash_alone()
    {
        Assert.Equal("C:\\value", WordExpander.Expand("C:\\$x", LookUp, '`'));
        Assert.Equal("$x", WordExpander.Expand("`$x", LookUp, '`'));
    }
}
