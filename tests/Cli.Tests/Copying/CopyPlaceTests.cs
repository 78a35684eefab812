using Argosy.Cli.Copying;

namespace Argosy.Cli.Tests.Copying;

public class CopyPlaceTests
{
    [Theory]
    [InlineData("web:/etc", "web", "/etc")]
    [InlineData("web:etc", "web", "etc")]
    [InlineData("./a:b", null, "./a:b")]
    [InlineData("/a:b", null, "/a:b")]
    [InlineData("dir/a:b", null, "dir/a:b")]
    [InlineData("plain", null, "plain")]
    [InlineData("-", null, "-")]
    public void A_colon_names_a_container_unless_a_path_comes_first(string text, string? container, string path) =>
        Assert.Equal(new CopyPlace(container, path), CopyPlace.Parse(text));
}
