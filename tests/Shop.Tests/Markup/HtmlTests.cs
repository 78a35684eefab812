using Shop.Common.Markup;

namespace Argosy.Shop.Tests.Markup;

public sealed class HtmlTests
{
    [Fact]
    public void Text_in_a_hole_is_encoded() =>
        Assert.Equal("<p>&lt;script&gt;&quot;&amp;&#x27;</p>", Html.Of($"<p>{"<script>\"&'"}</p>").ToString());

    [Fact]
    public void Html_in_a_hole_is_not_encoded_again() =>
        Assert.Equal("<p><b>1 &lt; 2</b></p>", Html.Of($"<p>{Html.Of($"<b>{"1 < 2"}</b>")}</p>").ToString());

    [Fact]
    public void Letters_of_other_languages_stay_as_they_are() =>
        Assert.Equal("Łódź €", Html.Of($"{"Łódź €"}").ToString());

    [Fact]
    public void Null_is_nothing() => Assert.Equal("<p></p>", Html.Of($"<p>{(string?)null}</p>").ToString());

    [Fact]
    public void Many_are_joined_in_their_order() =>
        Assert.Equal("<i>1</i><i>2</i>", Html.Join([1, 2], n => Html.Of($"<i>{n}</i>")).ToString());
}
