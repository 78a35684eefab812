using Argosy.Core;

namespace Argosy.Core.Tests;

public sealed class ImageReferenceTests
{
    [Theory]
    [InlineData("busybox", "docker.io/library/busybox:latest", "busybox:latest")]
    [InlineData("shop/web:1.2", "docker.io/shop/web:1.2", "shop/web:1.2")]
    [InlineData("localhost:5000/a/b", "localhost:5000/a/b:latest", "localhost:5000/a/b:latest")]
    [InlineData("localhost/x:y", "localhost/x:y", "localhost/x:y")]
    [InlineData("index.docker.io/library/alpine:3", "docker.io/library/alpine:3", "alpine:3")]
    [InlineData("127.0.0.1:5000/x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "127.0.0.1:5000/x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "127.0.0.1:5000/x@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Names_are_normalised_and_written_back_as_people_write_them(string text, string full, string familiar)
    {
        ImageReference reference = ImageReference.Parse(text);
        Assert.Equal(full, reference.ToString());
        Assert.Equal(familiar, reference.Familiar);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Busybox")]
    [InlineData("a//b")]
    [InlineData("a:b:c/")]
    [InlineData("x@sha256:12")]
    [InlineData("-x")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void What_is_no_name_is_refused(string text) => Assert.False(ImageReference.TryParse(text, out _));

    [Fact]
    public void Upper_case_gets_Dockers_sentence() =>
        Assert.Contains("must be lowercase", Assert.Throws<EngineException>(() => ImageReference.Parse("Busybox")).Message, StringComparison.Ordinal);
}
