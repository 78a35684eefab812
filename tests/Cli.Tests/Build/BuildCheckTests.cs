using Argosy.Cli.Build;
using Argosy.Cli.CommandLine;

namespace Argosy.Cli.Tests.Build;

public class BuildCheckTests
{
    [Theory]
    [InlineData(false, null, false, false)]
    [InlineData(false, "build", false, false)]
    [InlineData(true, null, true, false)]
    [InlineData(false, "check", true, false)]
    [InlineData(false, "lint", true, false)]
    [InlineData(true, "check,format=json", true, true)]
    [InlineData(false, "check,format=text", true, false)]
    public void Calls_are_read(bool check, string? call, bool isAsked, bool isJson) => Assert.Equal((isAsked, isJson), BuildCheck.Parse(check, call));

    [Theory]
    [InlineData("outline", "--call outline is not supported: build or check")]
    [InlineData("check,format=xml", "invalid call \"check,format=xml\": format is text or json")]
    [InlineData("check,colour=red", "invalid call \"check,colour=red\": unexpected field 'colour=red'")]
    public void What_is_no_call_is_refused(string call, string message) => Assert.Equal(message, Assert.Throws<CliException>(() => BuildCheck.Parse(false, call)).Message);
}
