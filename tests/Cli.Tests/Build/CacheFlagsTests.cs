using Argosy.Cli.Build;
using Argosy.Cli.CommandLine;
using Argosy.Contract.Build;

namespace Argosy.Cli.Tests.Build;

public sealed class CacheFlagsTests
{
    [Fact]
    public void Sources_are_names_registries_and_directories()
    {
        var flags = CacheFlags.Parse(["a:1,b", "type=registry,ref=c:2", "type=local,src=/d"], []);
        Assert.Equal(["a:1", "b", "c:2"], flags.References);
        Assert.True(flags.IsHandedOver);
        Assert.False(CacheFlags.Parse(["a"], ["type=inline"]).IsHandedOver);
    }

    [Fact]
    public void Targets_are_told_to_the_engine_without_this_sides_directory()
    {
        var flags = CacheFlags.Parse([], ["a:1", "type=registry,ref=b,mode=max,ignore-error=true", "type=local,dest=/d,mode=max", "type=inline"]);
        Assert.True(flags.IsInline);
        Assert.Equal(["registry ref=a:1", "registry ref=b,mode=max,ignore-error=true", "local mode=max"], flags.Targets.Select(Text));
    }

    [Theory]
    [InlineData("type=gha", "the type is registry or local")]
    [InlineData("ref=a", "type required")]
    [InlineData("type=registry", "ref is missing")]
    [InlineData("type=local,src=", "src is missing")]
    [InlineData("type=local,src=/d,tag=x", "'tag' is not supported")]
    [InlineData("type=registry,ref", "invalid value ref, expected key=value")]
    public void A_source_that_is_not_understood_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<CliException>(() => CacheFlags.Parse([text], [])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("type=s3,bucket=x", "the type is registry, local or inline")]
    [InlineData("type=inline,mode=max", "the type is registry, local or inline")]
    [InlineData("type=local", "dest is missing")]
    public void A_target_that_is_not_understood_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<CliException>(() => CacheFlags.Parse([], [text])).Message, StringComparison.Ordinal);

    private static string Text(BuildCacheTarget target) => $"{target.Type} {string.Join(',', target.Attrs.Select(pair => $"{pair.Key}={pair.Value}"))}";
}
