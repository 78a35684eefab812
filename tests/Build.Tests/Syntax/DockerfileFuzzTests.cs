using System.Text;
using Argosy.Build.Syntax;
using Argosy.Core;
using Argosy.Testing;
using Xunit.Abstractions;

namespace Argosy.Build.Tests.Syntax;

/// <summary>Whatever a Dockerfile says, it is read or refused in words.</summary>
public sealed class DockerfileFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Dockerfiles()
    {
        string[] seeds =
        [
            "# syntax=docker/dockerfile:1\n# escape=`\nARG V=1\nFROM --platform=$BUILDPLATFORM debian:${V:-2} AS build\nRUN --mount=type=cache,target=/x,sharing=locked make `\n  all\nCOPY --from=build --chown=1:2 --chmod=0755 [\"a b\", \"/c\"]\n",
            "FROM scratch\nENV A=b C=\"d e\" F='g'\nENV old style\nLABEL a.b=\"c\" d=e\nEXPOSE 80/tcp 90-91\nVOLUME [\"/v\"]\nUSER a:b\nWORKDIR /x\nSTOPSIGNAL SIGTERM\nSHELL [\"/bin/sh\",\"-c\"]\nENTRYPOINT [\"a\"]\nCMD b c\nONBUILD RUN x\nMAINTAINER me\nHEALTHCHECK --interval=1m30s --retries=3 CMD curl x\n",
            "FROM a\nRUN <<EOF\nline $one\nEOF\nCOPY <<-\"A\" <<B /d/\n\tx\n\tA\ny\nB\nADD --checksum=sha256:aa https://x/y /z\n",
        ];
        string[] tokens = ["FROM ", "RUN ", "COPY ", "ONBUILD ", "\\\n", "<<EOF\n", "EOF\n", "--", "--mount=type=", "[\"", "\"]", "${", "${A:-", "}", "$", "\"", "'", "#", "\0", "\r\n", "\ufeff", "# escape=\\\n", "=", "99999999999999999999", "HEALTHCHECK --interval=", "ARG "];
        var fuzzer = new Fuzzer(seeds.Select(Encoding.UTF8.GetBytes), tokens);
        try
        {
            fuzzer.Run(100_000, input =>
            {
                try
                {
                    DockerfileParser.Parse(Encoding.UTF8.GetString(input));
                }
                catch (EngineException exception) when (exception.Kind != ErrorKind.Internal)
                {
                    Assert.NotEmpty(exception.Message);
                }
            });
        }
        finally
        {
            output.WriteLine($"ARGOSY_FUZZ_SEED={fuzzer.Seed}: {fuzzer.Count} inputs");
        }
    }
}
