using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.System;

/// <summary><c>argosy completion bash|zsh|fish</c>.</summary>
internal static class CompletionCommand
{
    public static VerbCommand Create(CliSession session) =>
        new VerbCommand("bash|zsh|fish", "Generate the completion script for a shell")
            .With(1, 1, "argosy completion bash > /usr/share/bash-completion/completions/argosy")
            .Runs((line, _) => session.Out.WriteAsync(CompletionScript.For(line.Arguments[0], session)));
}
