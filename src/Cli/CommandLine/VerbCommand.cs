using System.CommandLine;

namespace Argosy.Cli.CommandLine;

/// <summary>A command with what Docker's help shows of it, and the handler that carries it out.</summary>
/// <param name="usage">What follows the name: <c>[OPTIONS] CONTAINER [CONTAINER...]</c>.</param>
/// <param name="summary">What it does.</param>
internal sealed class VerbCommand(string usage, string summary) : Command("verb", summary)
{
    public string Usage { get; } = usage;

    /// <summary>Command lines that show its use, one a line.</summary>
    public IReadOnlyList<string> Examples { get; set; } = [];

    /// <summary>False when everything after the first argument belongs to that argument (run, exec, top).</summary>
    public bool IsInterspersed { get; init; } = true;

    /// <summary>The exit code when the engine refuses; 125 where the exit code is otherwise the container's.</summary>
    public int FailureExitCode { get; init; } = 1;

    /// <summary>What errors of the engine begin with, "docker: " for run.</summary>
    public bool NamesProgramInErrors { get; init; }

    /// <summary>The fewest arguments it takes.</summary>
    public int MinArguments { get; set; }

    /// <summary>The most arguments it takes.</summary>
    public int MaxArguments { get; set; } = int.MaxValue;

    public Argument<string[]> Words { get; } = new("arguments") { Arity = ArgumentArity.ZeroOrMore };

    public Func<Invocation, CancellationToken, Task<int>> Handler { get; private set; } = (_, _) => Task.FromResult(0);

    /// <summary>How many arguments it takes, and examples of its use.</summary>
    public VerbCommand With(int minArguments, int maxArguments, params IReadOnlyList<string> examples)
    {
        (MinArguments, MaxArguments, Examples) = (minArguments, maxArguments, examples);
        return this;
    }

    /// <summary>The fewest arguments it takes, and examples of its use.</summary>
    public VerbCommand With(int minArguments, params IReadOnlyList<string> examples) => With(minArguments, int.MaxValue, examples);

    /// <summary>The handler; its result is the exit code.</summary>
    public VerbCommand Runs(Func<Invocation, CancellationToken, Task<int>> handler)
    {
        Handler = handler;
        Add(Words);
        return this;
    }

    /// <summary>A handler whose success is exit code 0.</summary>
    public VerbCommand Runs(Func<Invocation, CancellationToken, Task> handler) => Runs(async (invocation, cancellationToken) =>
    {
        await handler(invocation, cancellationToken);
        return 0;
    });
}
