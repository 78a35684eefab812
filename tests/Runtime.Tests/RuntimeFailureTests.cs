using Argosy.Core;

namespace Argosy.Runtime.Tests;

public sealed class RuntimeFailureTests
{
    private const string Create = "failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: ";

    // What crun 1.8.1 and runc 1.1.5 print, and what Docker says.
    [Theory]
    [InlineData("executable file `nosuch` not found in $PATH: No such file or directory\n", "nosuch", "exec: \"nosuch\": executable file not found in $PATH: unknown", 127)]
    [InlineData("executable file `/bin/nosuch` not found in $PATH: No such file or directory\n", "/bin/nosuch", "exec: \"/bin/nosuch\": stat /bin/nosuch: no such file or directory: unknown", 127)]
    [InlineData("open executable: Permission denied\n", "/noexec", "exec: \"/noexec\": permission denied: unknown", 126)]
    [InlineData("open executable: Operation not permitted\n", "/adir", "exec: \"/adir\": permission denied: unknown", 126)]
    [InlineData("open /proc/sys/net/bad/foo: No such file or directory\n", "x", "error during container init: open /proc/sys/net/bad/foo: no such file or directory: unknown", 127)]
    [InlineData("time=\"2026-11-22T15:57:53Z\" level=error msg=\"runc create failed: unable to start container process: exec: \\\"nosuch\\\": executable file not found in $PATH\"\n", "nosuch", "exec: \"nosuch\": executable file not found in $PATH: unknown", 127)]
    [InlineData("something new\n", "x", "error during container init: something new: unknown", 128)]
    public void A_runtimes_words_become_Dockers(string output, string command, string expected, int exitCode)
    {
        RuntimeException failure = RuntimeFailure.Describe(output, [command]);
        Assert.Equal(Create + expected, failure.Message);
        Assert.Equal(exitCode, failure.SuggestedExitCode);
        Assert.Equal(exitCode == 128 ? ErrorKind.Internal : ErrorKind.InvalidArgument, failure.Kind);
    }

    [Fact]
    public void An_exec_has_its_own_beginning() =>
        Assert.Equal(
            "OCI runtime exec failed: exec failed: unable to start container process: exec: \"x\": executable file not found in $PATH: unknown",
            RuntimeFailure.DescribeExec("time=\"t\" level=error msg=\"exec failed: unable to start container process: exec: \\\"x\\\": executable file not found in $PATH\"", ["x"]).Message);
}
