using Argosy.Cli.Containers;

namespace Argosy.Cli.Tests.Containers;

public class StartFailureTests
{
    [Theory]
    [InlineData("exec: \"nope\": executable file not found in $PATH: unknown", 127)]
    [InlineData("exec: \"/nope\": stat /nope: no such file or directory: unknown", 127)]
    [InlineData("exec: \"/etc/passwd\": permission denied: unknown", 126)]
    [InlineData("exec: \"/etc\": is a directory: permission denied", 126)]
    [InlineData("driver failed programming external connectivity", 125)]
    public void The_exit_code_says_why_a_container_did_not_start(string message, int code) => Assert.Equal(code, StartFailure.ExitCode(message));
}
