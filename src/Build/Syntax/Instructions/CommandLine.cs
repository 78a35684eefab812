namespace Argosy.Build.Syntax.Instructions;

/// <summary>A command of RUN, CMD, ENTRYPOINT or HEALTHCHECK.</summary>
/// <param name="Arguments">The exec form's arguments, or the shell form's text as the only one.</param>
/// <param name="IsShellForm">True when the stage's SHELL has to be put in front.</param>
public sealed record CommandLine(IReadOnlyList<string> Arguments, bool IsShellForm)
{
    /// <summary>The arguments to execute under the given shell.</summary>
    public IReadOnlyList<string> With(IReadOnlyList<string> shell) =>
        IsShellForm ? [.. shell, .. Arguments] : Arguments;
}
