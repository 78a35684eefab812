using Argosy.Cli.Build;

namespace Argosy.Cli.Tests.Build;

public sealed class BuildFlagsTests
{
    [Theory]
    [InlineData(null, "1000", "1000")]
    [InlineData("7", "1000", "7")]
    [InlineData(null, "", null)]
    [InlineData(null, null, null)]
    public void The_source_date_of_the_environment_is_an_argument_unless_one_is_given(string? given, string? environment, string? expected)
    {
        Dictionary<string, string?> arguments = given is null ? [] : new() { ["SOURCE_DATE_EPOCH"] = given };
        BuildFlags.WithSourceDate(arguments, name => name == "SOURCE_DATE_EPOCH" ? environment : "other");
        Assert.Equal(expected, arguments.GetValueOrDefault("SOURCE_DATE_EPOCH"));
    }
}
