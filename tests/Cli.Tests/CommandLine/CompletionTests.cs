using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.System;

namespace Argosy.Cli.Tests.CommandLine;

/// <summary>packaging/completions has what <c>argosy completion</c> prints. <c>ARGOSY_WRITE_DOCS=1 dotnet test tests/Cli.Tests</c> writes it anew.</summary>
public class CompletionTests
{
    [Theory]
    [InlineData("bash", "argosy.bash")]
    [InlineData("zsh", "_argosy")]
    [InlineData("fish", "argosy.fish")]
    public async Task The_packaged_completions_know_every_command(string shell, string file)
    {
        await using var session = new CliSession(new GlobalOptions(), new StandardStreams(Stream.Null, Stream.Null, Stream.Null));
        string script = CompletionScript.For(shell, session), path = Path.Combine(Root(), "packaging/completions", file);
        if (Environment.GetEnvironmentVariable("ARGOSY_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(path, script);
        Assert.True(await File.ReadAllTextAsync(path) == script, $"{path} is not what `argosy completion {shell}` prints: ARGOSY_WRITE_DOCS=1 dotnet test tests/Cli.Tests writes it anew");
    }

    private static string Root()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Argosy.slnx")))
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("no Argosy.slnx above");
        return directory;
    }
}
