using Argosy.Build.Context;
using Argosy.Core;

namespace Argosy.Build.Tests.Context;

public sealed class IgnorePatternsTests
{
    [Theory]
    [InlineData("*.md", "README.md", true)]
    [InlineData("*.md", "docs/README.md", false)]
    [InlineData("**/*.md", "docs/deep/README.md", true)]
    [InlineData("**/*.md", "README.md", true)]
    [InlineData("docs", "docs/deep/README.md", true)]
    [InlineData("/docs/", "docs/a", true)]
    [InlineData("./docs", "docs/a", true)]
    [InlineData("docs", "mydocs", false)]
    [InlineData("docs/**", "docs/a/b", true)]
    [InlineData("docs/**", "docs", false)]
    [InlineData("**", "anything/at/all", true)]
    [InlineData("**/bin", "src/a/bin/x.dll", true)]
    [InlineData("**/bin", "cabin", false)]
    [InlineData("a**b", "a/x/b", true)]
    [InlineData("temp?", "tempa", true)]
    [InlineData("temp?", "temp", false)]
    [InlineData("*/temp*", "some/temporary.txt", true)]
    [InlineData("*/temp*", "a/b/temp", false)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[^a-c].txt", "b.txt", false)]
    [InlineData("[^a-c].txt", "x.txt", true)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("# comment", "# comment", false)]
    [InlineData(".", "a", false)]
    [InlineData("a/../b", "b", true)]
    [InlineData("a+b(c)", "a+b(c)", true)]
    [InlineData("*\n!keep", "keep", false)]
    [InlineData("*\n!keep", "other", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true)]
    [InlineData("*.md\n!README*.md\nREADME-secret.md", "README-x.md", false)]
    [InlineData("*.md\nREADME-secret.md\n!README*.md", "README-secret.md", false)]
    [InlineData("dir\n!dir/keep", "dir/keep/x", false)]
    [InlineData("dir\r\n  \r\n", "dir/x", true)]
    public void The_last_matching_rule_decides(string rules, string path, bool ignored) =>
        Assert.Equal(ignored, IgnorePatterns.Read(rules).IsIgnored(path));

    [Theory]
    [InlineData("[a")]
    [InlineData("x\\")]
    [InlineData("!")]
    public void A_malformed_rule_is_named(string rule) =>
        Assert.Contains($"syntax error in pattern \"{rule}\"", Assert.Throws<EngineException>(() => IgnorePatterns.Read(rule)).Message, StringComparison.Ordinal);
}
