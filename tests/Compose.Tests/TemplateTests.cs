namespace Argosy.Compose.Tests;

public class TemplateTests
{
    private static string Substitute(string text) =>
        new Template(name => name switch { "A" => "one", "EMPTY" => "", "B_2" => "two", _ => null }, _ => { }).Substitute(text);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$A ${A} $B_2.", "one one two.")]
    [InlineData("$$A $${A}", "$A ${A}")]
    [InlineData("${NONE:-d} ${NONE-d} ${EMPTY:-d} ${EMPTY-d}|", "d d d |")]
    [InlineData("${A:+r} ${A+r} ${EMPTY:+r}|${EMPTY+r}|${NONE+r}|", "r r |r||")]
    [InlineData("${NONE:-${A}-${NONE:-x}}", "one-x")]
    [InlineData("${NONE:-a:b?c}", "a:b?c")]
    [InlineData("${A:?must}", "one")]
    [InlineData("x${NONE}y", "xy")]
    public void Variables_are_substituted(string text, string expected) => Assert.Equal(expected, Substitute(text));

    [Theory]
    [InlineData("${NONE:?please set it}", "required variable NONE is missing a value: please set it")]
    [InlineData("${NONE?}", "required variable NONE is missing a value: ")]
    [InlineData("${EMPTY:?e}", "required variable EMPTY is missing a value: e")]
    [InlineData("$", "invalid interpolation format: \"$\"; you may need to escape any $ with another $")]
    [InlineData("${A", "invalid interpolation format: \"${A\"; you may need to escape any $ with another $")]
    [InlineData("$1", "invalid interpolation format: \"$1\"; you may need to escape any $ with another $")]
    [InlineData("${A!x}", "invalid interpolation format: \"${A!x}\"; you may need to escape any $ with another $")]
    public void What_cannot_be_substituted_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => Substitute(text)).Message);

    [Fact]
    public void A_required_but_empty_variable_is_accepted_without_the_colon() => Assert.Equal("", Substitute("${EMPTY?e}"));
}
